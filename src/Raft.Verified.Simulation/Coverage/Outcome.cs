namespace Raft.Verified.Simulation.Coverage;

/// <summary>The columns of the second table.</summary>
internal enum Outcome
{
    Sent,
    Lost,
    Duplicated,
    Delivered,
    OlderTerm,
    SameTerm,
    NewerTerm,
    AnswersOlderTerm,
    ToFollower,
    ToCandidate,
    ToLeader,
}
