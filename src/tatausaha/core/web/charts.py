"""Charts live in the kernel, where every floor can draw them."""

from tatausaha.core.kernel.charts import Chart, Scale, Series

__all__ = ["Chart", "Scale", "Series"]
