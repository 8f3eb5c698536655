using System.Diagnostics;
using System.Globalization;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// A checker that visits every state that the shipping core can reach within the bounds of a model. The search is
/// breadth first, so the first violation is one of the shortest. The network is the set of all messages ever sent. A
/// lost message is never received, a repeated one is received again, and messages arrive in any order.
/// </summary>
public sealed class ModelChecker
{
    private readonly ModelBounds _bounds;
    private readonly SearchOptions _options;
    private TimeSpan _earlier;

    /// <summary>Prepares a check.</summary>
    /// <param name="bounds">The model.</param>
    /// <param name="options">The options of the search; null for <see cref="SearchOptions.Raw"/>.</param>
    /// <exception cref="ArgumentException">A bound or an option is out of its range.</exception>
    public ModelChecker(ModelBounds bounds, SearchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(bounds);
        bounds.Validate();
        _options = options ?? SearchOptions.Raw;
        _options.Validate();
        _bounds = bounds;
    }

    /// <summary>The callback for the progress of the check, about every two seconds; null for no callback.</summary>
    public Action<ModelReport>? Progress { get; init; }

    /// <summary>The callback for each new state; null for no callback.</summary>
    internal Action<CoreCluster, ClusterState, Fingerprint>? Visited { get; init; }

    /// <summary>
    /// The callback for each step, including steps that change nothing, with the fingerprints of the states before and
    /// after it; null for no callback.
    /// </summary>
    internal Action<Fingerprint, ModelInput, Fingerprint>? Stepped { get; init; }

    /// <summary>True when properties are not judged, because only the states matter. Default: false.</summary>
    internal bool JudgesNothing { get; init; }

    /// <summary>
    /// True to also check progress: from every state, without another crash, a leader can be elected, an entry
    /// committed, and every server can catch up. Such a check keeps the whole graph of states in memory. Default:
    /// false.
    /// </summary>
    public bool AsksForProgress { get; init; }

    /// <summary>Checks the model.</summary>
    /// <param name="stop">The token that ends the check early; the report covers the states visited by then.</param>
    /// <exception cref="InvalidDataException">
    /// The saved search to resume is missing or incomplete, or it belongs to another model or build.
    /// </exception>
    public ModelReport Run(CancellationToken stop = default)
    {
        Stopwatch time = Stopwatch.StartNew();
        Search? search = null;
        ProgressGraph? graph = AsksForProgress ? new ProgressGraph(_bounds, _options.Symmetry) : null;
        search = new Search(_bounds, _options, stop)
        {
            Visited = Visited is null && graph is null ? null : (state, print) =>
            {
                Visited?.Invoke(search!.Cluster, state, print);
                graph?.Visit(search!.Cluster, state, print);
            },
            Stepped = graph is null ? Stepped : graph.Step,
            JudgesNothing = JudgesNothing,
        };
        using (search)
        {
            ModelReport report = Run(search, time);
            return graph is not null && report.IsComplete && graph.Check() is { } stuck
                ? report with { IsComplete = false, Violation = Violation(stuck.Property, stuck.Message, new WayThere(search).Of(graph.WayTo(stuck.State))) }
                : report;
        }
    }

    private ModelReport Run(Search search, Stopwatch time)
    {
        Explorer[] explorers = [.. Enumerable.Range(0, _options.Workers).Select(_ => new Explorer(search))];
        FrontierLevel level = NewLevel();
        FrontierLevel next = NewLevel();
        TimeSpan saved = TimeSpan.Zero;
        int depth = 1;
        if (_options.Resumes)
        {
            (depth, _earlier) = SearchCheckpoint.Load(search, explorers[0], level, next);
        }
        else
        {
            explorers[0].Begin(level);
        }

        while (true)
        {
            if (depth >= _options.MaxDepth)
            {
                search.End($"depth {depth}");
            }

            EndAtLimits(search, time);
            if (!search.Ends)
            {
                RunLevel(search, explorers, level, next, time, depth);
            }

            if (search.Ends)
            {
                if (_options.Checkpoint is not null && search.Violation is null)
                {
                    SearchCheckpoint.Save(search, explorers, level, next, depth, _earlier + time.Elapsed);
                }

                depth += next.Count == 0 ? 0 : 1;
                break;
            }

            level.Dispose();
            level = next;
            next = NewLevel();
            if (level.Count == 0)
            {
                break;
            }

            depth++;
            if (_options.Checkpoint is not null && time.Elapsed - saved > _options.CheckpointInterval)
            {
                SearchCheckpoint.Save(search, explorers, level, next, depth, _earlier + time.Elapsed);
                saved = time.Elapsed;
            }
        }

        next.Dispose();
        ModelReport report = Report(search, explorers, level, time, depth, level.Count == 0 && !search.Ends);
        level.Dispose();
        return report;
    }

    private void RunLevel(Search search, Explorer[] explorers, FrontierLevel from, FrontierLevel to, Stopwatch time, int depth)
    {
        // A single block is not worth a second thread.
        int count = Math.Min(from.Blocks, explorers.Length);
        search.BeginLevel(count);
        Task[] threads = [.. explorers.Take(count).Select(explorer => Task.Factory.StartNew(
            () => search.Guard(() => explorer.Run(from, to)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        TimeSpan reported = time.Elapsed;
        while (!Task.WaitAll(threads, 200))
        {
            EndAtLimits(search, time);
            if (Progress is not null && time.Elapsed - reported > TimeSpan.FromSeconds(2))
            {
                reported = time.Elapsed;
                Progress(Report(search, explorers, from, time, depth, complete: false));
            }
        }

        search.Rethrow();
    }

    private void EndAtLimits(Search search, Stopwatch time)
    {
        if (_options.MaxTime != Timeout.InfiniteTimeSpan && time.Elapsed > _options.MaxTime)
        {
            search.End(string.Create(CultureInfo.InvariantCulture, $"{_options.MaxTime.TotalSeconds:0.###} seconds"));
        }

        if (search.Table.Bytes > _options.MaxMemory)
        {
            search.End($"{_options.MaxMemory >> 20} MiB");
        }
    }

    private FrontierLevel NewLevel() => new(_options.Folder, _options.FrontierMemory / 3);

    private ModelReport Report(Search search, Explorer[] explorers, FrontierLevel level, Stopwatch time, int depth, bool complete) => new()
    {
        Bounds = _bounds,
        Options = _options,
        States = search.States,
        Steps = explorers.Sum(explorer => explorer.Steps),
        Depth = depth,
        RealSteps = search.Cluster.RealSteps,
        LocalStates = search.Cluster.LocalCount,
        Messages = search.Cluster.MessageCount,
        Queue = search.States - explorers.Sum(explorer => explorer.Expanded),
        TableBytes = search.Table.Bytes,
        FileBytes = level.FileBytes + search.Origins.FileBytes,
        IsComplete = complete,
        Limit = search.Limit,
        Seconds = (_earlier + time.Elapsed).TotalSeconds,
        Violation = search.Violation is { } found ? Violation(found.Property, found.Message, new WayThere(search).To(found.From, found.Input)) : null,
    };

    private static ModelViolation Violation(string property, string message, List<ModelStep> path) =>
        new(property, message, [.. path.Select(step => step.Text)]) { Path = path };
}
