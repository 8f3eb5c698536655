namespace Raft.Verified.ModelChecking;

/// <summary>The way in which a model is searched. None of it changes a verdict.</summary>
public sealed record SearchOptions
{
    /// <summary>The raw search: every state of the specification, each counted on its own.</summary>
    public static SearchOptions Raw { get; } = new();

    /// <summary>All reductions.</summary>
    public static SearchOptions Reduced { get; } = new() { Symmetry = true, EagerClosure = true, DeadReplies = true };

    /// <summary>True when states that differ only in the servers' names count as one.</summary>
    public bool Symmetry { get; init; }

    /// <summary>True when steps that only send messages are taken at once, and are no steps of their own.</summary>
    public bool EagerClosure { get; init; }

    /// <summary>True when replies that their receiver ignores for ever are left out of the state.</summary>
    public bool DeadReplies { get; init; }

    /// <summary>True when each reply that is left out is given to its receiver, to see that nothing comes of it. For tests: it takes time.</summary>
    public bool VerifyReductions { get; init; }

    /// <summary>The number of threads; at least 1. Default: one for each processor.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The most states to visit; more end the check before it is complete. Default: no limit.</summary>
    public long MaxStates { get; init; } = long.MaxValue;

    /// <summary>The most levels to visit, the first state's included; at least 1. Default: no limit.</summary>
    public int MaxDepth { get; init; } = int.MaxValue;

    /// <summary>The time after which the check ends before it is complete. Default: none.</summary>
    public TimeSpan MaxTime { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>The memory for fingerprints beyond which the check ends before it is complete, in bytes. Default: no limit.</summary>
    public long MaxMemory { get; init; } = long.MaxValue;

    /// <summary>The number of states for which there is to be room from the beginning. Default: few; the room grows as it is needed.</summary>
    public long ExpectedStates { get; init; }

    /// <summary>The memory for the frontier and for the way to each state, in bytes; beyond it they lie on the disk. Default: 1 GiB.</summary>
    public long FrontierMemory { get; init; } = 1L << 30;

    /// <summary>The folder for files that are too large for the memory. Default: the system's folder for temporary files.</summary>
    public string Folder { get; init; } = Path.GetTempPath();

    /// <summary>The folder in which the check keeps its state when it ends before it is complete, and every <see cref="CheckpointInterval"/>; null for none.</summary>
    public string? Checkpoint { get; init; }

    /// <summary>The time between two savings, which happen between two levels. Default: 30 minutes.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>True when the check goes on from the state in <see cref="Checkpoint"/>.</summary>
    public bool Resumes { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentException">One of them is out of its range; the message says which, what it is and what was expected.</exception>
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
            throw new ArgumentException($"{nameof(Checkpoint)} is '{Checkpoint}'; expected the folder of a check to go on with");
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
