namespace Raft.Verified.Cli.Show;

/// <summary>How the replay ended, compared with what the schedule says.</summary>
internal enum TraceStatus
{
    /// <summary>The violation was seen again.</summary>
    Reproduced,

    /// <summary>Another property was violated.</summary>
    Different,

    /// <summary>This build does something else than the schedule says.</summary>
    Diverged,
}
