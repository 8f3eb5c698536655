using System.Text.Json.Serialization;
using Raft.Verified.StateMachines;

namespace Bank;

/// <summary>The command: move money from one account to another.</summary>
public sealed record Transfer(string From, string To, long Amount);

/// <summary>The answer: the number of the transfer, or 0 when the account has too little money.</summary>
public sealed record Receipt(long Number, long Balance);

/// <summary>The whole state. Snapshots are made of it, so everything that must survive is in here.</summary>
public sealed class Ledger
{
    public SortedDictionary<string, long> Balances { get; init; } = new() { ["ann"] = 100, ["ben"] = 100, ["cid"] = 100 };

    public long Transfers { get; set; }
}

/// <summary>The bank as a replicated state machine.</summary>
/// <param name="forgetsTransfers">True for a seeded bug: the number of transfers is not part of the snapshot.</param>
public sealed class BankMachine(bool forgetsTransfers = false) : RaftStateMachine<Ledger, Transfer, Receipt>(new Ledger(), BankJson.Default)
{
    private long _transfers;

    public override Receipt Apply(Transfer command)
    {
        long balance = State.Balances.GetValueOrDefault(command.From);
        if (command.Amount < 0 || balance < command.Amount)
        {
            return new Receipt(0, balance);
        }

        State.Balances[command.From] = balance - command.Amount;
        State.Balances[command.To] = State.Balances.GetValueOrDefault(command.To) + command.Amount;
        long number = forgetsTransfers ? ++_transfers : ++State.Transfers;
        return new Receipt(number, State.Balances[command.From]);
    }
}

[JsonSerializable(typeof(Ledger))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(Receipt))]
internal sealed partial class BankJson : JsonSerializerContext;
