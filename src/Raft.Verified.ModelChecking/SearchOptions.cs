namespace Raft.Verified.ModelChecking;

/// <summary>The options of a search: reductions, limits and resources.</summary>
public sealed record SearchOptions
{
    /// <summary>The search without reductions. It visits every state of the specification.</summary>
    public static SearchOptions Raw { get; } = new();

    /// <summary>The search with all reductions.</summary>
    public static SearchOptions Reduced { get; } = new() { Symmetry = true, EagerClosure = true, DeadReplies = true };

    /// <summary>True when states that differ only in the names of the servers count as one. Default: false.</summary>
    public bool Symmetry { get; init; }

    /// <summary>
    /// True when steps that only send messages are taken at once and are not steps of the search. Default: false.
    /// </summary>
    public bool EagerClosure { get; init; }

    /// <summary>
    /// True when replies that their receiver will always ignore are left out of the state. A core that does not ignore
    /// them can hide its bug behind this reduction. Default: false.
    /// </summary>
    public bool DeadReplies { get; init; }

    /// <summary>
    /// True when each reply that is left out is first given to its receiver, to verify that it changes nothing. For
    /// tests, because it takes time. Default: false.
    /// </summary>
    public bool VerifyReductions { get; init; }

    /// <summary>The number of threads; at least 1. Default: one per processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The maximum number of states; at least 1. With more, the check ends before it is complete. Default: no limit.
    /// </summary>
    public long MaxStates { get; init; } = long.MaxValue;

    /// <summary>
    /// The maximum number of levels, including that of the initial state; at least 1. Default: no limit.
    /// </summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    /// <summary>
    /// The time after which the check ends before it is complete. Default: <see cref="Timeout.InfiniteTimeSpan"/>,
    /// which means no limit.
    /// </summary>
    public TimeSpan MaxTime { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>
    /// The maximum memory for fingerprints, in bytes; at least 1. A check that needs more ends before it is complete.
    /// Default: no limit.
    /// </summary>
    public long MaxMemory { get; init; } = long.MaxValue;

    /// <summary>
    /// The number of states for which memory is reserved at the start; at least 0. The memory grows when more is
    /// needed. Default: 0.
    /// </summary>
    public long ExpectedStates { get; init; }

    /// <summary>
    /// The memory for the states in the queue and for the path to each state, in bytes; at least 0. The rest is kept on
    /// disk. Default: 1 GiB.
    /// </summary>
    public long FrontierMemory { get; init; } = 1L << 30;

    /// <summary>
    /// The folder for data that exceeds <see cref="FrontierMemory"/>; it must exist. Default: the temporary folder of
    /// the system.
    /// </summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>
    /// The folder in which the check saves its state, every <see cref="CheckpointInterval"/> and when it ends before it
    /// is complete; null to save nothing.
    /// </summary>
    public string? Checkpoint { get; init; }

    /// <summary>The minimum time between two saves, which happen between two levels. Default: 30 minutes.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>True when the check continues from the state in <see cref="Checkpoint"/>. Default: false.</summary>
    public bool Resumes { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">
    /// An option is out of its range. The message names the option, its value and what was expected.
    /// </exception>
    public void Validate()
    {
        AtLeast(Workers, 1, nameof(Workers));
        AtLeast(MaxStates, 1, nameof(MaxStates));
        AtLeast(MaxDepth, 1, nameof(MaxDepth));
        AtLeast(MaxMemory, 1, nameof(MaxMemory));
        AtLeast(ExpectedStates, 0, nameof(ExpectedStates));
        AtLeast(FrontierMemory, 0, nameof(FrontierMemory));
        if (Resumes && (Checkpoint is null || !Directory.Exists(Checkpoint)))
        {
            throw new ArgumentException($"{nameof(Checkpoint)} is '{Checkpoint}'; expected the folder of a saved check");
        }

        if (!Directory.Exists(Folder))
        {
            throw new ArgumentException($"{nameof(Folder)} is '{Folder}'; expected a folder that exists");
        }
    }

    private static void AtLeast(long value, long min, string name)
    {
        if (value < min)
        {
            throw new ArgumentException($"{name} is {value}; expected at least {min}");
        }
    }
}
