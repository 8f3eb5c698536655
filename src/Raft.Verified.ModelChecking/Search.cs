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

    /// <summary>The acts that gave numbers to values, where they are kept for a checkpoint.</summary>
    public List<JournalEntry> Journal { get; } = [];

    public ClusterProperties Properties { get; }

    public StatePrints Prints { get; }

    public FingerprintTable Table { get; }

    public Origins Origins { get; }

    /// <summary>Called for each new state; null for nobody.</summary>
    public Action<ClusterState, Fingerprint>? Visited { get; init; }

    /// <summary>Called for each step with the fingerprints of the states before and after it; null for nobody. Not before the state it leads from was visited.</summary>
    public Action<Fingerprint, ModelInput, Fingerprint>? Stepped { get; init; }

    /// <summary>True when the search goes on where a property does not hold.</summary>
    public bool JudgesNothing { get; init; }

    /// <summary>The violation that was found: from which state, by which input.</summary>
    public (string Property, string Message, long From, ModelInput Input)? Violation { get; private set; }

    /// <summary>The reason for which the search ended before it was complete; null for none.</summary>
    public string? Limit { get; private set; }

    /// <summary>The number of states that were found.</summary>
    public long States => Interlocked.Read(ref _states);

    /// <summary>True when the threads are to end.</summary>
    public bool Ends => _ends || _stop.IsCancellationRequested;

    /// <summary>The number of new states that a thread gathers before it counts them: a small part of the room.</summary>
    public int CountFrom => (int)Math.Clamp(Math.Min(Table.Limit, Options.MaxStates) / 64 / Options.Workers, 1, 4096);

    /// <summary>True when the threads are to meet.</summary>
    public bool MustMeet => _mustGrow;

    /// <summary>Counts new states.</summary>
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
            // Even phases: no thread adds anything any more. Odd phases: all parts have grown.
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

    /// <summary>Waits for the other threads of the level, and grows the table with them.</summary>
    public void Meet()
    {
        _meeting!.SignalAndWait();
        Table.HelpGrowing();
        _meeting.SignalAndWait();
    }

    /// <summary>Ends a thread's part of the level. The other threads wait for it no longer.</summary>
    public void Leave() => _meeting!.RemoveParticipant();

    /// <summary>Counts the states of an earlier part of the search.</summary>
    public void Recount(long states) => _states = states;

    /// <summary>Ends the search, which is not complete.</summary>
    public void End(string limit)
    {
        Limit ??= limit;
        _ends = true;
    }

    /// <summary>Takes down a violation; the first one counts.</summary>
    public void Violate(string property, string message, long from, ModelInput input)
    {
        lock (_lock)
        {
            Violation ??= (property, message, from, input);
        }

        _ends = true;
    }

    /// <summary>Runs a thread's work; when it fails, the search ends.</summary>
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

    /// <summary>Throws what a thread failed with.</summary>
    public void Rethrow() => _failure?.Throw();

    /// <summary>Tells of a new state.</summary>
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

    /// <summary>Tells of a step.</summary>
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

    // Apart from Step, which is called for every step and is small enough to be inlined.
    private void Tell(Action<Fingerprint, ModelInput, Fingerprint> stepped, Fingerprint from, uint input, Fingerprint to)
    {
        lock (_lock)
        {
            stepped(from, ModelInput.Unpack(input), to);
        }
    }
}
