namespace Raft.Verified.Coyote.Monitors;

/// <summary>
/// A liveness property: after the faults, every operation of a client is answered. The monitor is hot while an
/// operation is outstanding.
/// </summary>
internal sealed class EveryOperationIsAnswered : Microsoft.Coyote.Specifications.Monitor
{
    private int _outstanding;

    private void CallDuringFaults() => _outstanding++;

    private void AnswerDuringFaults() => _outstanding--;

    private void EndFaults() => Go();

    private void Call()
    {
        _outstanding++;
        Go();
    }

    private void Answer()
    {
        _outstanding--;
        Go();
    }

    private void Go()
    {
        if (_outstanding > 0)
        {
            RaiseGotoStateEvent<Waiting>();
        }
        else
        {
            RaiseGotoStateEvent<AllAnswered>();
        }
    }

    /// <summary>The call of an operation by a client.</summary>
    internal sealed class Called : Event;

    /// <summary>The answer to an operation, received by its client.</summary>
    internal sealed class Answered : Event;

    /// <summary>The end of the faults: from now on every operation has to be answered.</summary>
    internal sealed class FaultsEnded : Event;

    /// <summary>The end of the run. An operation that is outstanding at this moment need not be answered.</summary>
    internal sealed class RunEnded : Event;

    [Start]
    [Cold]
    [OnEventDoAction(typeof(Called), nameof(CallDuringFaults))]
    [OnEventDoAction(typeof(Answered), nameof(AnswerDuringFaults))]
    [OnEventDoAction(typeof(FaultsEnded), nameof(EndFaults))]
    private sealed class Faulty : State;

    [Hot]
    [OnEventDoAction(typeof(Called), nameof(Call))]
    [OnEventDoAction(typeof(Answered), nameof(Answer))]
    [OnEventGotoState(typeof(RunEnded), typeof(Over))]
    private sealed class Waiting : State;

    [Cold]
    [OnEventDoAction(typeof(Called), nameof(Call))]
    [OnEventDoAction(typeof(Answered), nameof(Answer))]
    [OnEventGotoState(typeof(RunEnded), typeof(Over))]
    private sealed class AllAnswered : State;

    [Cold]
    [IgnoreEvents(typeof(Called), typeof(Answered), typeof(FaultsEnded))]
    private sealed class Over : State;
}
