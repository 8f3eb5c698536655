using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;

namespace Raft.Verified.Mutants.Gate;

/// <summary>How many schedules each strategy needs to find each mutant, with many base seeds.</summary>
/// <param name="mutants">The mutants.</param>
/// <param name="strategies">The strategies.</param>
/// <param name="seed">The first base seed.</param>
/// <param name="seeds">How many base seeds.</param>
/// <param name="budget">After how many schedules a search is given up.</param>
/// <param name="workers">How many mutants are looked for side by side.</param>
public sealed class StrategyComparison(
    IReadOnlyList<Mutant> mutants, IReadOnlyList<string> strategies, ulong seed, int seeds, int budget, int workers)
{
    private readonly MutantCompiler _compiler = new();
    private readonly long?[][][] _schedules = [.. mutants.Select(_ => strategies.Select(_ => new long?[seeds]).ToArray())];
    private int _next;
    private int _done;

    /// <summary>The mutants, in the order of <see cref="SchedulesOf"/>.</summary>
    public IReadOnlyList<Mutant> Mutants => mutants;

    /// <summary>The strategies, likewise.</summary>
    public IReadOnlyList<string> Strategies => strategies;

    /// <summary>How many base seeds.</summary>
    public int Seeds => seeds;

    /// <summary>After how many schedules a search is given up.</summary>
    public int Budget => budget;

    /// <summary>How many mutants are done.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>How many schedules it took with each seed, sorted; null, at the end, where nothing was found within the budget.</summary>
    public IReadOnlyList<long?> SchedulesOf(int mutant, int strategy) => [.. _schedules[mutant][strategy].OrderBy(schedules => schedules ?? long.MaxValue)];

    /// <summary>The median of <see cref="SchedulesOf"/>, the upper one of two; null when it is beyond the budget.</summary>
    public long? MedianOf(int mutant, int strategy) => SchedulesOf(mutant, strategy)[seeds / 2];

    /// <summary>Compares.</summary>
    /// <param name="cancellationToken">Ends it early; what was not tried counts as not found.</param>
    public void Run(CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ExceptionDispatchInfo? error = WorkerThreads.Run(workers, _ => Work(stop.Token), stop.Cancel);
        error?.Throw();
    }

    private void Work(CancellationToken stop)
    {
        int mutant;
        while (!stop.IsCancellationRequested && (mutant = Interlocked.Increment(ref _next) - 1) < mutants.Count)
        {
            Try(mutant, stop);
            Interlocked.Increment(ref _done);
        }
    }

    // In the scenario that comes first: there each strategy looks for the same.
    private void Try(int mutant, CancellationToken stop)
    {
        MutantWorld world = new(mutants[mutant].Id, _compiler.Compile(mutants[mutant]));
        for (int strategy = 0; strategy < strategies.Count; strategy++)
        {
            for (int i = 0; i < seeds && !stop.IsCancellationRequested; i++)
            {
                JsonObject answer = world.Call(nameof(MutantProbe.Explore), stop, new JsonObject
                {
                    ["scenario"] = mutants[mutant].Scenarios[0],
                    ["strategy"] = strategies[strategy],
                    ["seed"] = unchecked(seed + (ulong)i),
                    ["iterations"] = (long)budget,
                    ["keep"] = false,
                    ["stepTimeout"] = StepWatchdog.DefaultLimit.TotalSeconds,
                });
                bool found = answer["property"] is { } property && mutants[mutant].Properties.Contains((string)property!);
                _schedules[mutant][strategy][i] = found ? (long)answer["schedules"]! : null;
            }
        }

        world.Unload();
    }
}
