using Raft.Verified.Exploration;
using Raft.Verified.Linearizability.Models;
using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>The checker at the end of simulated runs of the servers: of right ones, and of ones where any server answers reads.</summary>
public sealed class SimulatedRunTests
{
    private static readonly string[] Keys = ["a", "b"];

    [Fact]
    public void Clients_of_a_replicated_register() => AssertOnlyTheMistakeIsFound(Register());

    [Fact]
    public void Clients_of_a_replicated_key_value_store() => AssertOnlyTheMistakeIsFound(KeyValue());

    [Fact]
    public void Clients_of_a_replicated_versioned_store() => AssertOnlyTheMistakeIsFound(Versioned());

    private static ClientRun<RegisterState, RegisterCommand, RegisterAnswer> Register() => new(RegisterModel.Instance, below => below(3) switch
    {
        0 => RegisterCommand.Read(),
        1 => RegisterCommand.Write(below(5)),
        _ => RegisterCommand.CompareAndSet(below(5), below(5)),
    });

    private static ClientRun<KeyValueState, KeyValueCommand, KeyValueAnswer> KeyValue() => new(
        KeyValueModel.Instance, below => (KeyValueCommandKind)below(3) is var kind && kind == KeyValueCommandKind.Get
            ? new KeyValueCommand(kind, Keys[below(Keys.Length)])
            : new KeyValueCommand(kind, Keys[below(Keys.Length)], $"{(char)('a' + below(26))}"));

    private static ClientRun<VersionedState, VersionedCommand, VersionedAnswer> Versioned() => new(
        VersionedModel.Instance, below => below(2) == 0
            ? VersionedCommand.Get(Keys[below(Keys.Length)])
            : VersionedCommand.Put(Keys[below(Keys.Length)], $"{(char)('a' + below(26))}", below(4)));

    private static void AssertOnlyTheMistakeIsFound<TState, TCommand, TAnswer>(ClientRun<TState, TCommand, TAnswer> run)
        where TState : notnull
    {
        ExplorationReport right = new Explorer(run.Scenario(), new ExplorationOptions { Iterations = 40, Workers = 1 }).Run();
        Assert.True(right.Violation is null, right.Violation?.Message);
        Assert.InRange(run.History.Operations.Count, 30, 36);
        ExplorationReport wrong = new Explorer((run with { ReadsAnywhere = true }).Scenario(), new ExplorationOptions { Iterations = 40, Workers = 1 }).Run();
        Assert.Equal(ClientRun<TState, TCommand, TAnswer>.Property, wrong.Violation?.Property);
        Assert.Contains("here the answer would be", wrong.Violation!.Message);
    }
}
