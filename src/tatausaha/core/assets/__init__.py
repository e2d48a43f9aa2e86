"""What the company owns and uses for years: the register, where each thing stands, depreciation, disposal."""
