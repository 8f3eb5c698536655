using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Raft.Verified.Exploration;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Scenarios;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Scenarios.Lab.Services;
using Raft.Verified.Simulation;

namespace Raft.Verified.Mutants.Gate;

/// <summary>The gate: tries every mutant, and passes only if every one is found. Its progress may be read from any thread.</summary>
public sealed class MutantGate
{
    private readonly IReadOnlyList<Mutant> _mutants;
    private readonly GateOptions _options;
    private readonly MutantCompiler _compiler = new();
    private readonly MutantOutcome?[] _outcomes;
    private readonly Stopwatch _time = new();
    private readonly object _gate = new();
    private int _next;
    private int _done;

    /// <summary>Prepares the gate.</summary>
    /// <param name="mutants">The mutants to try.</param>
    /// <param name="options">How.</param>
    /// <exception cref="MutantException">A mutant does not fit: its text is not there exactly once, or a scenario or lab test does not exist.</exception>
    public MutantGate(IReadOnlyList<Mutant> mutants, GateOptions options)
    {
        ArgumentNullException.ThrowIfNull(mutants);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Seeds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        foreach (Mutant mutant in mutants)
        {
            Check(mutant);
        }

        _mutants = mutants;
        _options = options;
        _outcomes = new MutantOutcome?[mutants.Count];
    }

    /// <summary>How the mutants fared, in their order; those that were not tried yet are left out.</summary>
    public IReadOnlyList<MutantOutcome> Outcomes
    {
        get
        {
            lock (_gate)
            {
                return [.. _outcomes.OfType<MutantOutcome>()];
            }
        }
    }

    /// <summary>How many mutants there are.</summary>
    public int Count => _mutants.Count;

    /// <summary>How many have been tried.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => _time.Elapsed;

    /// <summary>Tries all mutants.</summary>
    /// <param name="tried">Told of each, in order of time; by any worker, one at a time. Null for nobody.</param>
    /// <param name="cancellationToken">Ends the gate early.</param>
    public void Run(Action<MutantOutcome>? tried = null, CancellationToken cancellationToken = default)
    {
        _time.Start();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ExceptionDispatchInfo? error = WorkerThreads.Run(_options.Workers, _ => Work(tried, stop.Token), stop.Cancel);
        _time.Stop();
        error?.Throw();
    }

    /// <summary>The scenario of a name, also those that are found by name only; null when there is none.</summary>
    internal static Scenario? Find(string name) =>
        ScenarioLibrary.All.Concat(LabLibrary.Scenarios).Concat(ServiceLibrary.Scenarios).FirstOrDefault(scenario => scenario.Name == name);

    private static void Check(Mutant mutant)
    {
        _ = MutantCompiler.Apply(mutant);
        if (mutant.Scenarios.FirstOrDefault(name => Find(name) is null) is { } scenario)
        {
            throw new MutantException($"{mutant.Id}: unknown scenario '{scenario}' ('raft list' lists them)");
        }

        if (mutant.LabTests.FirstOrDefault(name => LabSuite.All.All(test => test.Name != name)) is { } labTest)
        {
            throw new MutantException($"{mutant.Id}: unknown lab test '{labTest}'");
        }
    }

    private void Work(Action<MutantOutcome>? tried, CancellationToken cancellationToken)
    {
        try
        {
            int i;
            while (!cancellationToken.IsCancellationRequested && (i = Interlocked.Increment(ref _next) - 1) < _mutants.Count)
            {
                MutantOutcome outcome = new MutantTrial(_mutants[i], _options, _compiler, Find).Run(cancellationToken);
                lock (_gate)
                {
                    _outcomes[i] = outcome;
                    _done++;
                    tried?.Invoke(outcome);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked for; what was tried until then is there.
        }
    }
}
