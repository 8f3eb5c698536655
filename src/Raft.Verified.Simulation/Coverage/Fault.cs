namespace Raft.Verified.Simulation.Coverage;

/// <summary>The rows of the third table.</summary>
internal enum Fault
{
    FollowerCrashes,
    CandidateCrashes,
    LeaderCrashes,
    Restarts,
    Stops,
    Pauses,
    Resumes,
    Cut,
    Mended,
}
