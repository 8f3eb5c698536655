namespace Raft.Verified.ModelChecking;

/// <summary>
/// The predefined models. Those in <see cref="All"/> have the names and the bounds of the files <c>specs/tla/*.cfg</c>.
/// </summary>
public static class ModelLibrary
{
    /// <summary>The models that TLC checks, too, with smaller models first.</summary>
    public static IReadOnlyList<ModelBounds> All { get; } =
    [
        new() { Name = "elections", Servers = 2, MaxTerm = 2, MaxCrashes = 1, EmptyEntry = false, AsyncDisk = true },
        new() { Name = "single", Servers = 1, MaxTerm = 2, MaxProposals = 1, MaxCrashes = 1, MaxCompactions = 2, AsyncDisk = true },
        new() { Name = "snapshots2", Servers = 2, MaxTerm = 2, MaxCompactions = 1 },
        new() { Name = "replication3", Servers = 3, MaxTerm = 1, MaxProposals = 1, MaxInFlight = 1 },
        new() { Name = "snapshots", Servers = 2, MaxTerm = 1, MaxProposals = 1, MaxCrashes = 1, MaxCompactions = 1, Chunks = 2, Heartbeats = true },
        new() { Name = "replication2", Servers = 2, MaxTerm = 2, MaxProposals = 1, EmptyEntry = false, Heartbeats = true },
        new() { Name = "snapshots-async", Servers = 2, MaxTerm = 1, MaxProposals = 1, MaxCrashes = 1, MaxCompactions = 2, AsyncDisk = true },
        new() { Name = "async3", Servers = 3, Candidates = 1, MaxTerm = 1, MaxCrashes = 1, MaxInFlight = 1, Heartbeats = true, AsyncDisk = true },
        new() { Name = "crashes", Servers = 2, MaxTerm = 2, MaxProposals = 1, MaxCrashes = 1, EmptyEntry = false, AsyncDisk = true },
        new() { Name = "reads", Servers = 2, MaxTerm = 2, MaxRounds = 1 },
        new() { Name = "altogether", Servers = 2, Candidates = 1, MaxTerm = 2, MaxProposals = 1, MaxCrashes = 1, MaxCompactions = 1, MaxRounds = 1, EmptyEntry = false, AsyncDisk = true },
        new() { Name = "snapshots3", Servers = 3, Candidates = 1, MaxTerm = 1, MaxCrashes = 1, MaxCompactions = 1, MaxInFlight = 1, Chunks = 2, Heartbeats = true },
        new() { Name = "reads-again", Servers = 2, Candidates = 1, MaxTerm = 2, MaxCrashes = 1, MaxRounds = 1 },
        new() { Name = "heartbeats3", Servers = 3, Candidates = 1, MaxTerm = 1, MaxProposals = 1, MaxInFlight = 1, Heartbeats = true },
        new() { Name = "conflicts", Servers = 3, Candidates = 2, EvenTerms = 1, MaxTerm = 2, MaxInFlight = 1 },
        new() { Name = "everything", Servers = 2, MaxTerm = 2, MaxProposals = 1, MaxCrashes = 1, AsyncDisk = true },
        new() { Name = "restarts3", Servers = 3, Candidates = 2, EvenTerms = 1, MaxTerm = 2, MaxProposals = 1, MaxCrashes = 1, MaxInFlight = 1, EmptyEntry = false },
        new() { Name = "elections3", Servers = 3, MaxTerm = 2, EmptyEntry = false, MaxInFlight = 1 },
    ];

    /// <summary>The models with fewer than 100,000 states. Together they take a few seconds.</summary>
    public static IReadOnlyList<ModelBounds> Small { get; } = [.. All.Take(13)];

    /// <summary>
    /// The models for the search with all reductions: mostly three servers, with conflicts and all kinds of faults.
    /// Each takes seconds. TLC does not check them.
    /// </summary>
    public static IReadOnlyList<ModelBounds> Hunt { get; } =
    [
        new() { Name = "hunt-proposal", Servers = 3, MaxTerm = 2, MaxProposals = 1, MaxInFlight = 1 },
        new() { Name = "hunt-window", Servers = 2, MaxTerm = 1, MaxProposals = 3, MaxEntries = 2, MaxInFlight = 2, EmptyEntry = false, Heartbeats = true },
        new() { Name = "hunt-flight", Servers = 3, Candidates = 1, MaxTerm = 1, MaxProposals = 3, MaxEntries = 2, MaxInFlight = 2, EmptyEntry = false },
        new() { Name = "hunt-crash", Servers = 3, MaxTerm = 2, MaxProposals = 1, MaxCrashes = 1, MaxInFlight = 1, EmptyEntry = false },
        new() { Name = "hunt-disk", Servers = 3, MaxTerm = 2, MaxInFlight = 1, EmptyEntry = false, AsyncDisk = true, MaxCrashes = 1 },
        new() { Name = "hunt-tear", Servers = 2, MaxTerm = 2, MaxCrashes = 1, MaxCompactions = 1, Chunks = 2, AsyncDisk = true, Heartbeats = true },
        new() { Name = "hunt-reads", Servers = 3, MaxTerm = 2, MaxRounds = 1, MaxInFlight = 1 },
        new() { Name = "hunt-snapshot", Servers = 3, Candidates = 2, MaxTerm = 2, MaxProposals = 1, MaxCompactions = 1, Chunks = 2, MaxInFlight = 1, EmptyEntry = false, Heartbeats = true },
        new() { Name = "hunt-terms", Servers = 3, MaxTerm = 3, MaxInFlight = 1 },
        new() { Name = "hunt-pair", Servers = 2, MaxTerm = 2, MaxRounds = 1, Heartbeats = true },
        new() { Name = "hunt-rounds", Servers = 3, Candidates = 1, MaxTerm = 1, MaxRounds = 2, MaxInFlight = 1, Heartbeats = true },
        new() { Name = "hunt-reads-install", Servers = 3, Candidates = 1, MaxTerm = 1, MaxRounds = 1, MaxCompactions = 1, MaxInFlight = 1, Heartbeats = true },
        new() { Name = "hunt-durable", Servers = 3, Candidates = 1, MaxTerm = 1, MaxProposals = 1, MaxCrashes = 1, MaxInFlight = 1, EmptyEntry = false, AsyncDisk = true },
        new() { Name = "hunt-cut", Servers = 3, Candidates = 2, EvenTerms = 1, MaxTerm = 2, MaxCrashes = 1, MaxCompactions = 1, MaxInFlight = 1 },
        new() { Name = "hunt-install", Servers = 3, Candidates = 1, MaxTerm = 1, MaxCrashes = 1, MaxCompactions = 1, Chunks = 2, MaxInFlight = 1, AsyncDisk = true, Heartbeats = true },
        new() { Name = "hunt-resend", Servers = 3, Candidates = 2, EvenTerms = 1, MaxTerm = 2, MaxCompactions = 1, Chunks = 2, MaxInFlight = 1, Heartbeats = true },
        new() { Name = "hunt-again", Servers = 3, Candidates = 1, MaxTerm = 2, MaxProposals = 1, MaxCrashes = 1, MaxInFlight = 1 },
        new() { Name = "hunt-reads-again", Servers = 3, Candidates = 1, MaxTerm = 2, MaxCrashes = 1, MaxCompactions = 1, MaxRounds = 1, MaxInFlight = 1 },
        new() { Name = "hunt-old-snapshot", Servers = 3, Candidates = 1, MaxTerm = 1, MaxProposals = 1, MaxCompactions = 2, MaxInFlight = 1, Heartbeats = true },
        new() { Name = "hunt-hints", Servers = 3, Candidates = 2, EvenTerms = 1, MaxTerm = 3, MaxInFlight = 1, Heartbeats = true },
        new() { Name = "deep-cut", Servers = 3, Candidates = 2, EvenTerms = 1, MaxTerm = 2, MaxCrashes = 1, MaxCompactions = 1, MaxInFlight = 1, AsyncDisk = true },
        new() { Name = "deep-a-b-a", Servers = 3, Candidates = 2, EvenTerms = 1, MaxTerm = 2, MaxInFlight = 1, AsyncDisk = true, Heartbeats = true },
    ];

    /// <summary>All models: first <see cref="All"/>, then <see cref="Hunt"/>.</summary>
    public static IReadOnlyList<ModelBounds> Everything { get; } = [.. All, .. Hunt];

    /// <summary>Returns the model with the given name; null when there is none.</summary>
    /// <param name="name">The exact name of a model.</param>
    public static ModelBounds? Find(string name) => Everything.FirstOrDefault(model => model.Name == name);
}
