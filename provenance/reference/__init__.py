"""What two steps must agree on: platforms and their addresses, parties and their names, places and what contains them."""
