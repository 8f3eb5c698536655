namespace Raft.Verified.Cli;

/// <summary>The exit statuses of the command, as in Coyote.</summary>
internal static class ExitStatus
{
    /// <summary>The status of a run that found no violation.</summary>
    public const int NothingFound = 0;

    /// <summary>The status for bad arguments, and for input that cannot be read.</summary>
    public const int BadInput = 1;

    /// <summary>The status for a violated property, and for a goal that was never reached.</summary>
    public const int Violation = 2;

    /// <summary>The status for a schedule that diverged, and for a run that was not deterministic.</summary>
    public const int Divergence = 3;

    /// <summary>
    /// The status of a run that Ctrl-C or a termination signal ended before it found anything. It is not a success,
    /// because the work is incomplete. Shells use the same number for an interrupt.
    /// </summary>
    public const int Interrupted = 130;
}
