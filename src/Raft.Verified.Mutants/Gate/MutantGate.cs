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

/// <summary>
/// A gate that tries every mutant and passes only if every mutant is found. Its progress may be read from any thread.
/// </summary>
public sealed class MutantGate
{
    private readonly IReadOnlyList<Mutant> _mutants;
    private readonly GateOptions _options;
    private readonly IMutantSubject _subject;
    private readonly MutantOutcome?[] _outcomes;
    private readonly Stopwatch _time = new();
    private readonly object _gate = new();
    private readonly List<string> _running = [];
    private int _next;
    private int _done;

    /// <summary>Creates a gate and checks that every mutant matches the sources, scenarios and lab tests.</summary>
    /// <param name="mutants">The mutants to try.</param>
    /// <param name="options">The options of the gate.</param>
    /// <param name="subject">The code that the mutants are seeded into; null for the library.</param>
    /// <exception cref="MutantException">
    /// A text to replace does not occur exactly once, or a scenario or lab test does not exist.
    /// </exception>
    public MutantGate(IReadOnlyList<Mutant> mutants, GateOptions options, IMutantSubject? subject = null)
    {
        ArgumentNullException.ThrowIfNull(mutants);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Seeds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        _subject = subject ?? new LibrarySubject();
        foreach (Mutant mutant in mutants)
        {
            _subject.Check(mutant);
        }

        _mutants = mutants;
        _options = options;
        _outcomes = new MutantOutcome?[mutants.Count];
    }

    /// <summary>The outcomes of the mutants tried so far, in the order of the mutants.</summary>
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

    /// <summary>The number of mutants.</summary>
    public int Count => _mutants.Count;

    /// <summary>The number of mutants tried so far.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <summary>The names of the mutants that are being compiled and tried, in the order in which they began.</summary>
    public IReadOnlyList<string> Running
    {
        get
        {
            lock (_gate)
            {
                return [.. _running];
            }
        }
    }

    /// <summary>The time since the start of <see cref="Run"/>; it stops when the run ends.</summary>
    public TimeSpan Elapsed => _time.Elapsed;

    /// <summary>Tries all mutants.</summary>
    /// <param name="tried">
    /// The callback for each outcome, in order of time, one at a time, from any worker thread; null for no callback.
    /// </param>
    /// <param name="cancellationToken">The token that ends the run early; no exception is thrown then.</param>
    public void Run(Action<MutantOutcome>? tried = null, CancellationToken cancellationToken = default)
    {
        _time.Start();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ExceptionDispatchInfo? error = WorkerThreads.Run(_options.Workers, _ => Work(tried, stop.Token), stop.Cancel);
        _time.Stop();
        error?.Throw();
    }

    /// <summary>Returns the scenario with the given name, including unlisted ones; null when there is none.</summary>
    /// <param name="name">The exact name of a scenario.</param>
    internal static Scenario? Find(string name) =>
        ScenarioLibrary.All.Concat(LabLibrary.Scenarios).Concat(ServiceLibrary.Scenarios).FirstOrDefault(scenario => scenario.Name == name);

    private void Work(Action<MutantOutcome>? tried, CancellationToken cancellationToken)
    {
        try
        {
            int i;
            while (!cancellationToken.IsCancellationRequested && (i = Interlocked.Increment(ref _next) - 1) < _mutants.Count)
            {
                lock (_gate)
                {
                    _running.Add(_mutants[i].Id);
                }

                MutantOutcome outcome = new MutantTrial(_mutants[i], _options, _subject).Run(cancellationToken);
                lock (_gate)
                {
                    _running.Remove(_mutants[i].Id);
                    _outcomes[i] = outcome;
                    _done++;
                    tried?.Invoke(outcome);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller asked for the end; the outcomes up to here remain available.
        }
    }
}
