"""What every business stands on. Nothing in here knows a business."""
