"""Whether everything that one side writes is accepted by the other: proofs."""
