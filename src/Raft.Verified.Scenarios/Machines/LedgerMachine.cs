using Raft.Verified.StateMachines;

namespace Raft.Verified.Scenarios.Machines;

/// <summary>The typed state machine of the scenarios: accounts that must not be overdrawn. No model is written for it.</summary>
internal sealed class LedgerMachine() : RaftStateMachine<LedgerState, LedgerCommand, LedgerAnswer>(new LedgerState(), LedgerJson.Default)
{
    /// <inheritdoc />
    public override LedgerAnswer Apply(LedgerCommand command)
    {
        long balance = State.Balances.GetValueOrDefault(command.Account);
        bool isAccepted = balance + command.Amount >= 0;
        if (isAccepted)
        {
            balance += command.Amount;
            State.Accepted++;
            State.Balances[command.Account] = balance;
            if (balance == 0)
            {
                State.Balances.Remove(command.Account);
            }
        }

        // Of equal balances, the first account in the order of the names.
        string? largest = State.Balances.Count == 0 ? null : State.Balances.MaxBy(pair => pair.Value).Key;
        return new LedgerAnswer(isAccepted, balance, State.Accepted, largest, Position.Value);
    }
}
