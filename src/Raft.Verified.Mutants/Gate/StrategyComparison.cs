using System.Runtime.ExceptionServices;
using System.Text.Json.Nodes;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;

namespace Raft.Verified.Mutants.Gate;

/// <summary>
/// A comparison of strategies: the number of schedules that each one needs to find each mutant, over many base seeds.
/// </summary>
/// <param name="mutants">The mutants to find.</param>
/// <param name="strategies">The names of the strategies to compare.</param>
/// <param name="seed">The first base seed.</param>
/// <param name="seeds">The number of consecutive base seeds; at least 1.</param>
/// <param name="budget">The number of schedules after which a search gives up; at least 1.</param>
/// <param name="workers">The number of mutants that are searched for in parallel; at least 1.</param>
/// <param name="subject">The code that the mutants are seeded into; null for the library.</param>
public sealed class StrategyComparison(
    IReadOnlyList<Mutant> mutants, IReadOnlyList<string> strategies, ulong seed, int seeds, int budget, int workers, IMutantSubject? subject = null)
{
    private readonly IMutantSubject _subject = subject ?? new LibrarySubject();
    private readonly long?[][][] _schedules = [.. mutants.Select(_ => strategies.Select(_ => new long?[seeds]).ToArray())];
    private int _next;
    private int _done;

    /// <summary>The mutants, in the order of <see cref="SchedulesOf"/>.</summary>
    public IReadOnlyList<Mutant> Mutants => mutants;

    /// <summary>The strategies, in the order of <see cref="SchedulesOf"/>.</summary>
    public IReadOnlyList<string> Strategies => strategies;

    /// <summary>The number of base seeds.</summary>
    public int Seeds => seeds;

    /// <summary>The number of schedules after which a search gives up.</summary>
    public int Budget => budget;

    /// <summary>The number of mutants that are done.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>
    /// Returns the number of schedules per seed, in ascending order. Seeds that did not find the mutant within the
    /// budget are null and come last.
    /// </summary>
    /// <param name="mutant">The position in <see cref="Mutants"/>.</param>
    /// <param name="strategy">The position in <see cref="Strategies"/>.</param>
    public IReadOnlyList<long?> SchedulesOf(int mutant, int strategy) => [.. _schedules[mutant][strategy].OrderBy(schedules => schedules ?? long.MaxValue)];

    /// <summary>
    /// Returns the median of <see cref="SchedulesOf"/>, the upper one for an even number of seeds; null when it exceeds
    /// the budget.
    /// </summary>
    /// <param name="mutant">The position in <see cref="Mutants"/>.</param>
    /// <param name="strategy">The position in <see cref="Strategies"/>.</param>
    public long? MedianOf(int mutant, int strategy) => SchedulesOf(mutant, strategy)[seeds / 2];

    /// <summary>Runs the comparison.</summary>
    /// <param name="cancellationToken">
    /// The token that ends the comparison early; searches not made by then count as not found.
    /// </param>
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

    // Only the first scenario of the mutant is used, so that all strategies search the same space.
    private void Try(int mutant, CancellationToken stop)
    {
        using IMutantWorld world = _subject.Open(mutants[mutant], _subject.Compile(mutants[mutant], stop));
        for (int strategy = 0; strategy < strategies.Count; strategy++)
        {
            for (int i = 0; i < seeds && !stop.IsCancellationRequested; i++)
            {
                JsonObject answer = world.Explore(new JsonObject
                {
                    ["scenario"] = mutants[mutant].Scenarios[0],
                    ["strategy"] = strategies[strategy],
                    ["seed"] = unchecked(seed + (ulong)i),
                    ["iterations"] = (long)budget,
                    ["keep"] = false,
                    ["stepTimeout"] = StepWatchdog.DefaultLimit.TotalSeconds,
                }, stop);
                bool found = answer["property"] is { } property && mutants[mutant].Properties.Contains((string)property!);
                _schedules[mutant][strategy][i] = found ? (long)answer["schedules"]! : null;
            }
        }
    }
}
