"""What numbers in a sentence are: counts, per cents, rates, periods, ages; and which way a word says they went."""
