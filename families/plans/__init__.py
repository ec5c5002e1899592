"""Early help: what a family and the teams around it have set out to change, and how it goes."""
