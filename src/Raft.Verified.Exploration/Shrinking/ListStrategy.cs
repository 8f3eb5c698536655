using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// A strategy that runs the operations of a list in its order, as far as they exist. Operations that are not in the
/// list do not run; an untimed schedule may delay them for ever. Where delays decide the order, operations of the list
/// run first, and then the others, the oldest first. Draws belong to the operation in which they are made. Draws that
/// are not in the list return 0, which means no fault.
/// </summary>
/// <param name="guide">The list.</param>
/// <param name="drawsFaultMix">True when the schedule draws its mix of faults.</param>
/// <param name="goesOn">
/// True when the run continues fairly after the list, as liveness violations require. Draws are then random: with
/// constant draws servers would split their votes for ever.
/// </param>
/// <param name="stop">A token that ends the run during a search of the list, which may take long.</param>
internal sealed class ListStrategy(Guide guide, bool drawsFaultMix, bool goesOn, CancellationToken stop = default) : Strategy
{
    private readonly FairOrder _fair = new();
    private IReadOnlyList<RecordedDraw> _draws = [];
    private int _nextDraw;
    private int _next;

    /// <inheritdoc />
    public override string Name => "guided by a list";

    /// <inheritdoc />
    public override bool DrawsFaultMix => drawsFaultMix;

    /// <inheritdoc />
    public override bool SeesForcedChoices => true;

    /// <summary>The number of operations of the list that have run.</summary>
    public int Matched { get; private set; }

    /// <summary>The runtime that runs the strategy.</summary>
    public ControlledRuntime? Runtime { get; set; }

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        (_draws, _nextDraw) = ([], 0);
        guide.BeginStep();
        Runtime!.IsAtRest = true;
        int choice = Runtime.IsFair ? ChooseFairly(ready) : ChooseNext(ready, step);
        Runtime.IsAtRest = false;
        return choice;
    }

    /// <inheritdoc />
    public override int ChooseValue(int bound) => Recorded(bound) ?? (DrawsRandomly ? _fair.ChooseValue(bound) : 0);

    /// <inheritdoc />
    public override bool ChooseFault(double probability) => Recorded(2) is { } value ? value == 1 : DrawsRandomly && _fair.ChooseFault(probability);

    private bool DrawsRandomly => goesOn && Runtime!.IsFair;

    private int ChooseNext(ReadyOperations ready, int step)
    {
        while (_next < guide.Count && !stop.IsCancellationRequested)
        {
            int index = _next++;
            int choice = guide.Find(ready, index);
            if (choice >= 0)
            {
                Matched++;
                _draws = guide.DrawsOf(index);
                return choice;
            }
        }

        // The first step starts the scenario. Before it there is nothing to run fairly.
        return !goesOn || stop.IsCancellationRequested ? EndRun : step > 0 ? BecomeFair : 0;
    }

    private int ChooseFairly(ReadyOperations ready)
    {
        (int choice, int index) = guide.FindFirst(ready, _next);
        if (choice >= 0)
        {
            Matched++;
            _draws = guide.DrawsOf(index);
            return choice;
        }

        return FairOrder.ChooseOperation(ready);
    }

    // Recorded draws that the operation no longer makes are skipped.
    private int? Recorded(int bound)
    {
        for (int i = _nextDraw; i < _draws.Count; i++)
        {
            if (_draws[i].Bound == bound && _draws[i].What == Drawing)
            {
                _nextDraw = i + 1;
                return _draws[i].Value;
            }
        }

        return null;
    }
}
