using System.Runtime.ExceptionServices;

namespace Raft.Verified.ModelChecking;

/// <summary>The state that the threads of one search share.</summary>
internal sealed class Search : IDisposable
{
    private readonly CancellationToken _stop;
    private readonly Lock _lock = new();
    private ExceptionDispatchInfo? _failure;
    private long _states;
    private volatile bool _ends;
    private volatile bool _mustGrow;
    private Barrier? _meeting;

    public Search(ModelBounds bounds, SearchOptions options, CancellationToken stop)
    {
        Bounds = bounds;
        Options = options;
        _stop = stop;
        Cluster = new CoreCluster(bounds, options.Symmetry, options.Checkpoint is null ? null : Journal.Add);
        Properties = new ClusterProperties(Cluster, bounds);
        Prints = new StatePrints(bounds, Cluster.Renamings);
        Table = new FingerprintTable(options.ExpectedStates);
        Origins = new Origins(options.Folder, options.FrontierMemory / 4);
    }

    public ModelBounds Bounds { get; }

    public SearchOptions Options { get; }

    public CoreCluster Cluster { get; }

    /// <summary>
    /// The operations that gave numbers to values, for a checkpoint; empty when no checkpoint is kept.
    /// </summary>
    public List<JournalEntry> Journal { get; } = [];

    public ClusterProperties Properties { get; }

    public StatePrints Prints { get; }

    public FingerprintTable Table { get; }

    public Origins Origins { get; }

    /// <summary>The callback for each new state; null for no callback.</summary>
    public Action<ClusterState, Fingerprint>? Visited { get; init; }

    /// <summary>
    /// The callback for each step, with the fingerprints of the states before and after it; null for no callback. The
    /// state before a step is always reported first.
    /// </summary>
    public Action<Fingerprint, ModelInput, Fingerprint>? Stepped { get; init; }

    /// <summary>True when properties are not judged, because only the states matter.</summary>
    public bool JudgesNothing { get; init; }

    /// <summary>
    /// The first violation, with the number of the state before it and the last input; null for none.
    /// </summary>
    public (string Property, string Message, long From, ModelInput Input)? Violation { get; private set; }

    /// <summary>The limit that ended the search before it was complete; null for none.</summary>
    public string? Limit { get; private set; }

    /// <summary>The number of states found so far.</summary>
    public long States => Interlocked.Read(ref _states);

    /// <summary>True when the threads must stop.</summary>
    public bool Ends => _ends || _stop.IsCancellationRequested;

    /// <summary>
    /// The number of new states that a thread gathers before it counts them: a small part of the capacity.
    /// </summary>
    public int CountFrom => (int)Math.Clamp(Math.Min(Table.Limit, Options.MaxStates) / 64 / Options.Workers, 1, 4096);

    /// <summary>True when the threads must meet to grow the table.</summary>
    public bool MustMeet => _mustGrow;

    /// <summary>Adds new states to the count. The search ends when a limit is exceeded.</summary>
    public void Count(int added)
    {
        long states = Interlocked.Add(ref _states, added);
        if (states > Options.MaxStates)
        {
            End($"{Options.MaxStates} states");
        }

        if (states > Table.Limit)
        {
            if (Table.BytesWhenGrown > Options.MaxMemory)
            {
                End($"{Options.MaxMemory >> 20} MiB");
            }
            else
            {
                _mustGrow = true;
            }
        }
    }

    /// <summary>Begins a level.</summary>
    /// <param name="threads">The number of threads that search it.</param>
    public void BeginLevel(int threads)
    {
        _meeting?.Dispose();
        _meeting = new Barrier(threads, meeting =>
        {
            // After an even phase no thread adds fingerprints. After an odd phase all parts have grown.
            if (meeting.CurrentPhaseNumber % 2 == 0)
            {
                Table.BeginGrowing();
            }
            else
            {
                Table.EndGrowing();
                _mustGrow = false;
            }
        });
    }

    /// <summary>Waits for the other threads of the level and grows the table with them.</summary>
    public void Meet()
    {
        _meeting!.SignalAndWait();
        Table.HelpGrowing();
        _meeting.SignalAndWait();
    }

    /// <summary>Ends the part of a thread in the level. The other threads no longer wait for it.</summary>
    public void Leave() => _meeting!.RemoveParticipant();

    /// <summary>Sets the number of states that an earlier part of the search found.</summary>
    public void Recount(long states) => _states = states;

    /// <summary>Ends the search before it is complete.</summary>
    /// <param name="limit">The limit that was reached, in words; only the first one is reported.</param>
    public void End(string limit)
    {
        Limit ??= limit;
        _ends = true;
    }

    /// <summary>Records a violation and ends the search. Only the first violation counts.</summary>
    public void Violate(string property, string message, long from, ModelInput input)
    {
        lock (_lock)
        {
            Violation ??= (property, message, from, input);
        }

        _ends = true;
    }

    /// <summary>
    /// Runs the work of a thread. If it fails, the search ends and <see cref="Rethrow"/> throws the failure.
    /// </summary>
    public void Guard(Action work)
    {
        try
        {
            work();
        }
#pragma warning disable CA1031 // The thread that waits for this one throws it again.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            lock (_lock)
            {
                _failure ??= ExceptionDispatchInfo.Capture(exception);
            }

            _ends = true;
        }
    }

    /// <summary>Throws the first failure of a thread, if there was one.</summary>
    public void Rethrow() => _failure?.Throw();

    /// <summary>Reports a new state to <see cref="Visited"/>.</summary>
    public void Visit(ReadOnlySpan<int> locals, in Candidate candidate, ReadOnlySpan<int> messages)
    {
        if (Visited is null)
        {
            return;
        }

        ClusterState state = new(
            [.. locals, (int)candidate.Elected, (int)(candidate.Elected >> 32), candidate.Committed, candidate.Served, candidate.Budget, .. messages], Bounds.Servers);
        lock (_lock)
        {
            Visited(state, candidate.Print);
        }
    }

    /// <summary>Reports a step to <see cref="Stepped"/>.</summary>
    public void Step(Fingerprint from, uint input, Fingerprint to)
    {
        if (Stepped is not null)
        {
            Tell(Stepped, from, input, to);
        }
    }

    public void Dispose()
    {
        _meeting?.Dispose();
        Table.Dispose();
        Origins.Dispose();
    }

    // Separate from Step, which is called for every step and must be small enough to be inlined.
    private void Tell(Action<Fingerprint, ModelInput, Fingerprint> stepped, Fingerprint from, uint input, Fingerprint to)
    {
        lock (_lock)
        {
            stepped(from, ModelInput.Unpack(input), to);
        }
    }
}
