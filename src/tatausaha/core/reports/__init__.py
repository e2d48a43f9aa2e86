"""What the books say: monthly, yearly, ten years; XLSX and PDF from one dataset."""
