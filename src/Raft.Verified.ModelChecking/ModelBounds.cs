namespace Raft.Verified.ModelChecking;

/// <summary>
/// The contents and the bounds of a model. The members have the names and the meaning of the constants in
/// <c>specs/tla/Raft.tla</c>.
/// </summary>
public sealed record ModelBounds
{
    /// <summary>The name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>The number of servers; from 1 to 7.</summary>
    public required int Servers { get; init; }

    /// <summary>
    /// The number of servers that may stand for election, counted from the first server; from 0 to
    /// <see cref="Servers"/>. Default: 0, which means all servers.
    /// </summary>
    public int Candidates { get; init; }

    /// <summary>
    /// The number of candidates, counted from the last one, that stand only in even terms. All other candidates stand
    /// only in odd terms. From 0 to <see cref="Candidates"/>. Default: 0, which means that all candidates stand in all
    /// terms.
    /// </summary>
    public int EvenTerms { get; init; }

    /// <summary>The last term in which an election may begin; from 1 to 7.</summary>
    public required int MaxTerm { get; init; }

    /// <summary>The maximum number of proposed commands; from 0 to 100.</summary>
    public int MaxProposals { get; init; }

    /// <summary>The maximum number of crashes; from 0 to 100.</summary>
    public int MaxCrashes { get; init; }

    /// <summary>The maximum number of log compactions; from 0 to 100.</summary>
    public int MaxCompactions { get; init; }

    /// <summary>The maximum number of read rounds that a leader begins per term; at least 0.</summary>
    public int MaxRounds { get; init; }

    /// <summary>The maximum number of entries per append request; at least 1.</summary>
    public int MaxEntries { get; init; } = 1;

    /// <summary>The maximum number of entries in flight to one follower; at least 1.</summary>
    public int MaxInFlight { get; init; } = 2;

    /// <summary>The number of chunks in which every snapshot is sent; from 1 to 8.</summary>
    public int Chunks { get; init; } = 1;

    /// <summary>True when a new leader appends an empty entry. Default: true.</summary>
    public bool EmptyEntry { get; init; } = true;

    /// <summary>True when heartbeat timers run out. Default: false.</summary>
    public bool Heartbeats { get; init; }

    /// <summary>
    /// True when writes complete in later steps; false when each write completes within its own step.
    /// </summary>
    public bool AsyncDisk { get; init; }

    /// <summary>Checks the bounds.</summary>
    /// <exception cref="ArgumentException">
    /// A bound is out of its range. The message names the bound, its value and the range.
    /// </exception>
    public void Validate()
    {
        Within(Servers, 1, 7, nameof(Servers));
        Within(Candidates, 0, Servers, nameof(Candidates));
        Within(EvenTerms, 0, Candidates, nameof(EvenTerms));
        Within(MaxTerm, 1, 7, nameof(MaxTerm));
        Within(MaxProposals, 0, 100, nameof(MaxProposals));
        Within(MaxCrashes, 0, 100, nameof(MaxCrashes));
        Within(MaxCompactions, 0, 100, nameof(MaxCompactions));
        Within(MaxRounds, 0, int.MaxValue, nameof(MaxRounds));
        Within(MaxEntries, 1, int.MaxValue, nameof(MaxEntries));
        Within(MaxInFlight, 1, int.MaxValue, nameof(MaxInFlight));
        Within(Chunks, 1, 8, nameof(Chunks));
    }

    /// <summary>Returns true when a server may stand for election in a term.</summary>
    /// <param name="server">The number of the server, from 0.</param>
    /// <param name="term">The term, from 1.</param>
    internal bool MayStand(int server, long term) =>
        (Candidates == 0 || server < Candidates) && (EvenTerms == 0 || (server >= Candidates - EvenTerms) == (term % 2 == 0));

    private static void Within(int value, int min, int max, string name)
    {
        if (value < min || value > max)
        {
            throw new ArgumentException($"{name} is {value}; expected {min} to {max}");
        }
    }
}
