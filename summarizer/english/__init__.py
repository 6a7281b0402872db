"""What the product knows of English by rule: words, sentences, clauses, what stands alone."""
