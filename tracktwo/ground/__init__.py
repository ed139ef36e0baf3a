"""What every other room stands on: places, digits, arguments, lists in words."""
