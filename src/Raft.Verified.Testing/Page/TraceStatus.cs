namespace Raft.Verified.Testing.Page;

/// <summary>The result of a replay, compared with the schedule.</summary>
internal enum TraceStatus
{
    /// <summary>The violation was reproduced.</summary>
    Reproduced,

    /// <summary>Nothing was violated, and the schedule says so.</summary>
    Clean,

    /// <summary>Another property was violated.</summary>
    Different,

    /// <summary>This build diverges from the schedule.</summary>
    Diverged,
}
