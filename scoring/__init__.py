"""What Express Entry says: the rules as dated data, and the score, verdicts and reasons that follow from them."""
