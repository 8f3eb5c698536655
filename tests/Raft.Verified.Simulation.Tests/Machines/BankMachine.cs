using System.Text.Json.Serialization;
using Raft.Verified.StateMachines;

namespace Bank;

public sealed record Transfer(string From, string To, long Amount);

public sealed record Receipt(bool IsAccepted, long Balance);

public sealed class Accounts
{
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public SortedDictionary<string, long> Balances { get; } = new(StringComparer.Ordinal);

    public long Of(string account) => Balances.GetValueOrDefault(account, 100);
}

public sealed class BankMachine()
    : RaftStateMachine<Accounts, Transfer, Receipt>(new Accounts(), BankJson.Default)
{
    public override Receipt Apply(Transfer command)
    {
        bool isAccepted = command.Amount >= 0 && command.Amount <= State.Of(command.From);
        if (isAccepted)
        {
            State.Balances[command.From] = State.Of(command.From) - command.Amount;
            State.Balances[command.To] = State.Of(command.To) + command.Amount;
        }

        return new Receipt(isAccepted, State.Of(command.From));
    }
}

[JsonSerializable(typeof(Accounts))]
[JsonSerializable(typeof(Transfer))]
[JsonSerializable(typeof(Receipt))]
public sealed partial class BankJson : JsonSerializerContext;
