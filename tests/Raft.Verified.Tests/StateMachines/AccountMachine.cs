using Raft.Verified.StateMachines;

namespace Raft.Verified.Tests.StateMachines;

/// <summary>A typed state machine whose state is one value.</summary>
internal sealed class AccountMachine() : RaftStateMachine<Accounts, Deposit, Balance>(new Accounts(), AccountJson.Default)
{
    public IReadOnlyDictionary<string, long> Balances => State.Balances;

    public override Balance Apply(Deposit command)
    {
        State.Balances[command.Account] = State.Balances.GetValueOrDefault(command.Account) + command.Amount;
        return new Balance(State.Balances[command.Account], Position.Value);
    }
}
