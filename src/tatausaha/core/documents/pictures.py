"""Photos on papers: what a paper says travels as text, so a photo goes into it as an SVG."""

import base64


def in_svg(jpeg: bytes, width: int, height: int) -> str:
    """An SVG of this size in pixels that holds the photo and nothing else."""
    data = base64.b64encode(jpeg).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" xlink:href="data:image/jpeg;base64,{data}"/></svg>'
    )
