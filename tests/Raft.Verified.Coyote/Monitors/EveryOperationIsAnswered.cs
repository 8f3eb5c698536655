namespace Raft.Verified.Coyote.Monitors;

/// <summary>Liveness: once the faults are over, every operation of a client is answered. Hot while one is not.</summary>
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

    /// <summary>A client called.</summary>
    internal sealed class Called : Event;

    /// <summary>A client got its answer.</summary>
    internal sealed class Answered : Event;

    /// <summary>From now on the cluster owes answers.</summary>
    internal sealed class FaultsEnded : Event;

    /// <summary>The run is over: an operation that was begun after all else was done counts no more.</summary>
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
