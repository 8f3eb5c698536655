namespace Raft.Verified.Cli;

/// <summary>The exit statuses, as Coyote's.</summary>
internal static class ExitStatus
{
    public const int NothingFound = 0;

    /// <summary>Bad arguments, or input that cannot be read.</summary>
    public const int BadInput = 1;

    /// <summary>A property was violated, or a goal never reached.</summary>
    public const int Violation = 2;

    /// <summary>A schedule diverged, or a run was not deterministic.</summary>
    public const int Divergence = 3;

    /// <summary>
    /// Ended early by Ctrl-C or a termination signal, with nothing found so far: no success, for a machine that was shut down in the middle of its
    /// work has not shown what it was to show. The status by which shells name an interrupt.
    /// </summary>
    public const int Interrupted = 130;
}
