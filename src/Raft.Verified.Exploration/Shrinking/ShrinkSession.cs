using System.Diagnostics;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// The smallest schedule so far, and the candidates that were tried. Each candidate is run; it is accepted when it
/// violates the property and is smaller.
/// </summary>
internal sealed class ShrinkSession : IDisposable
{
    private readonly CandidateRunner _runner;
    // The share of the time limit for the passes. The rest is for the fair end.
    private const double PassesShare = 0.8;

    // Each candidate with a step that does not return leaves a thread behind, which uses CPU time until the process ends.
    private const int MaxLostThreads = 6;

    private readonly ShrinkOptions _options;
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private readonly HashSet<ulong> _tried = [];
    private readonly CancellationTokenSource _stop;
    private readonly int _from;

    public ShrinkSession(IExplorable program, CandidateRunner runner, Reproduction found, ShrinkOptions options)
    {
        _runner = runner;
        _options = options;
        _from = found.Decisions.Count;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(options.Cancellation);
        if (options.Time is { } time)
        {
            _stop.CancelAfter(time);
        }

        runner.Stop = _stop.Token;
        Smallest = found;
        MayBeUntimed = program.Clocks.HasFlag(Clocks.Untimed);
    }

    /// <summary>The smallest schedule so far.</summary>
    public Reproduction Smallest { get; private set; }

    /// <summary>True when the program makes sense without delays that decide the order.</summary>
    public bool MayBeUntimed { get; }

    /// <summary>The number of candidates that were run.</summary>
    public int Runs { get; private set; }

    /// <summary>The name of the current pass.</summary>
    public string Pass { get; set; } = "";

    /// <summary>True when the time for passes is up, or the user has cancelled.</summary>
    public bool IsOver { get; private set; }

    /// <summary>True when the whole time is up, including the time for a fair end.</summary>
    public bool IsUp => _options.Cancellation.IsCancellationRequested || _time.Elapsed >= _options.Time;

    /// <summary>The time spent so far.</summary>
    public TimeSpan Elapsed => _time.Elapsed;

    /// <summary>
    /// The steps that candidates are made of: all steps of the smallest schedule, except for those of its fair end.
    /// </summary>
    public IReadOnlyList<RecordedStep> Steps => Smallest.Needed == Smallest.Steps.Count ? Smallest.Steps : [.. Smallest.Steps.Take(Smallest.Needed)];

    /// <summary>
    /// Returns true when a draw may be set to 0. Draws have to be random while the run waits for an event that must
    /// happen eventually: see <see cref="ListStrategy"/>.
    /// </summary>
    public bool MayChangeDraws(RecordedStep step) => !_runner.GoesOn || !step.AfterFaults;

    /// <inheritdoc />
    public void Dispose() => _stop.Dispose();

    /// <summary>Tries a candidate.</summary>
    /// <returns>True when the candidate is the smallest schedule from now on.</returns>
    /// <exception cref="OperationCanceledException">The time is up, or the user has cancelled.</exception>
    public bool Try(IReadOnlyList<RecordedStep> steps) => Try(steps, Smallest.Timed, Smallest.DrawsFaultMix);

    /// <inheritdoc cref="Try(IReadOnlyList{RecordedStep})"/>
    /// <param name="steps">The steps to run, in order.</param>
    /// <param name="timed">True when delays decide the order.</param>
    /// <param name="drawsFaultMix">True when the schedule draws its mix of faults.</param>
    /// <param name="whateverItsSize">True when a candidate up to twice as large is accepted, too.</param>
    public bool Try(IReadOnlyList<RecordedStep> steps, bool timed, bool drawsFaultMix, bool whateverItsSize = false)
    {
        IsOver |= IsUp || _runner.LostThreads >= MaxLostThreads || _time.Elapsed >= _options.Time * PassesShare;
        if (IsOver)
        {
            // False would not do: a pass over a long schedule takes long even when it runs nothing.
            throw new OperationCanceledException();
        }

        if (!_tried.Add(HashOf(steps, timed, drawsFaultMix)))
        {
            return false;
        }

        Runs++;
        int maxDecisions = whateverItsSize ? 2 * Smallest.Decisions.Count
            : _runner.GoesOn ? (int)(FairEnd.Longest * _from)
            : Smallest.Decisions.Count;
        Reproduction? reproduction = _runner.Run(steps, timed, drawsFaultMix, maxDecisions);
        bool counts = reproduction is not null && (whateverItsSize || reproduction.Cost.CompareTo(Smallest.Cost) < 0);
        if (counts)
        {
            Smallest = reproduction!;
        }

        _options.Progress?.Invoke(new ShrinkProgress(Pass, Runs, _from, Smallest.Cost.Decisions, _time.Elapsed));
        return counts;
    }

    private static ulong HashOf(IReadOnlyList<RecordedStep> steps, bool timed, bool drawsFaultMix)
    {
        ulong hash = SplitMix.Mix(timed ? 1UL : 0, drawsFaultMix ? 1UL : 0);
        foreach (RecordedStep step in steps)
        {
            hash = (hash ^ step.Identity) * 0x9E3779B97F4A7C15UL;
            hash ^= hash >> 29;
            foreach (RecordedDraw draw in step.Draws)
            {
                hash = (hash ^ (ulong)(uint)draw.Value) * 0xD1342543DE82EF95UL;
                hash ^= hash >> 31;
            }
        }

        return hash;
    }
}
