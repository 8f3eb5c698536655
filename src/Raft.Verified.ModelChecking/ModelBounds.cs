namespace Raft.Verified.ModelChecking;

/// <summary>The contents and the bounds of a model. The names are those of the constants of <c>specs/tla/Raft.tla</c>, and mean the same.</summary>
public sealed record ModelBounds
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The number of servers; from 1 to 7.</summary>
    public required int Servers { get; init; }

    /// <summary>Only the first so many servers ever stand for election; from 1 to <see cref="Servers"/>, which 0 stands for, too.</summary>
    public int Candidates { get; init; }

    /// <summary>
    /// Of the candidates the last so many stand in even terms only, the others in odd terms only; from 0 to <see cref="Candidates"/>. 0: all stand in all terms.
    /// </summary>
    public int EvenTerms { get; init; }

    /// <summary>No election begins in a later term; from 1 to 7.</summary>
    public required int MaxTerm { get; init; }

    /// <summary>So many commands are proposed at most; from 0 to 100.</summary>
    public int MaxProposals { get; init; }

    /// <summary>So many crashes happen at most; from 0 to 100.</summary>
    public int MaxCrashes { get; init; }

    /// <summary>So many times servers compact their logs at most; from 0 to 100.</summary>
    public int MaxCompactions { get; init; }

    /// <summary>So many rounds of reads a leader begins in a term at most; not negative.</summary>
    public int MaxRounds { get; init; }

    /// <summary>The most entries in one request; at least 1.</summary>
    public int MaxEntries { get; init; } = 1;

    /// <summary>The most entries on their way to a follower; at least 1.</summary>
    public int MaxInFlight { get; init; } = 2;

    /// <summary>Every snapshot is sent in so many chunks; from 1 to 8.</summary>
    public int Chunks { get; init; } = 1;

    /// <summary>True when a new leader appends an empty entry.</summary>
    public bool EmptyEntry { get; init; } = true;

    /// <summary>True when heartbeats run out.</summary>
    public bool Heartbeats { get; init; }

    /// <summary>True when writes take time; if not, each is complete within its step.</summary>
    public bool AsyncDisk { get; init; }

    /// <summary>Checks the bounds.</summary>
    /// <exception cref="ArgumentException">One of them is out of its range; the message says which, what it is and what was expected.</exception>
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

    /// <summary>True when a server may stand for election in a term.</summary>
    /// <param name="server">The server, from 0.</param>
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
