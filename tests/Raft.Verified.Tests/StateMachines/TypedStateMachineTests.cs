using System.Text;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.StateMachines;
using Raft.Verified.Tests.Server;
using Xunit;

namespace Raft.Verified.Tests.StateMachines;

/// <summary>Typed state machines: bytes on the outside, types on the inside.</summary>
public sealed class TypedStateMachineTests
{
    [Fact]
    public async Task A_command_is_applied_and_its_answer_decoded()
    {
        AccountMachine machine = new();

        Assert.Equal(new Balance(5, 3), await Execute(machine, 3, new Deposit("a", 5)));
        Assert.Equal(new Balance(12, 7), await Execute(machine, 7, new Deposit("a", 7)));
        Assert.Equal(12, machine.Balances["a"]);
    }

    [Fact]
    public async Task A_snapshot_replaces_the_whole_state()
    {
        AccountMachine one = new();
        AccountMachine other = new();
        await Execute(one, 1, new Deposit("a", 5));
        await Execute(other, 1, new Deposit("b", 9));

        ReadOnlyMemory<byte> snapshot = await ((IRaftStateMachine)one).TakeSnapshotAsync();
        await ((IRaftStateMachine)other).RestoreAsync(new LogIndex(1), snapshot);

        Assert.Equal("{\"Balances\":{\"a\":5}}", Encoding.UTF8.GetString(snapshot.Span));
        Assert.Equal([new KeyValuePair<string, long>("a", 5)], other.Balances);
        Assert.Equal(snapshot.ToArray(), (await ((IRaftStateMachine)other).TakeSnapshotAsync()).ToArray());
        Assert.Equal(new Balance(6, 2), await Execute(other, 2, new Deposit("a", 1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("{\"Account\":\"a\",\"Amount\":\"much\"}")]
    [InlineData("{\"Account\":\"a\",\"Amount\":-1}")]
    [InlineData("{\"Account\":\"a\",\"Amount\":1} and more")]
    public async Task Bytes_that_are_no_command_get_one_answer_and_change_nothing(string command)
    {
        AccountMachine machine = new();
        await Execute(machine, 1, new Deposit("a", 5));
        ReadOnlyMemory<byte> answer = await ((IRaftStateMachine)machine).ApplyAsync(new LogIndex(2), Encoding.UTF8.GetBytes(command));

        Assert.Equal("?"u8.ToArray(), answer.ToArray());
        Assert.Equal(5, machine.Balances["a"]);
        MalformedCommandException refusal = Assert.Throws<MalformedCommandException>(() => machine.Codec.DecodeAnswer(answer));
        Assert.Contains("they expected a Deposit. The command has no effect.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_keeps_its_bytes_when_the_next_one_is_given()
    {
        AccountMachine machine = new();
        ReadOnlyMemory<byte> first = await ((IRaftStateMachine)machine).ApplyAsync(new LogIndex(1), machine.Codec.EncodeCommand(new Deposit("a", 1)));
        byte[] copy = first.ToArray();
        await Execute(machine, 2, new Deposit("a", 1));

        Assert.Equal(copy, first.ToArray());
    }

    [Theory]
    [InlineData("null", "The snapshot holds null; expected a Accounts.")]
    [InlineData("{", "The bytes are no Accounts in JSON")]
    public async Task A_snapshot_that_is_none_is_refused_by_name(string snapshot, string message)
    {
        IRaftStateMachine machine = new AccountMachine();
        InvalidDataException refusal = await Assert.ThrowsAsync<InvalidDataException>(async () => await machine.RestoreAsync(new LogIndex(1), Encoding.UTF8.GetBytes(snapshot)));
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Any_serializer_can_be_plugged_in()
    {
        SumMachine machine = new();
        SumMachine other = new();

        Assert.Equal([7, 7], machine.Codec.EncodeCommand(7).ToArray());
        Assert.Equal(7, await Execute(machine, 1, 7));
        Assert.Equal(new byte[] { (byte)'+', 9 }, (await ((IRaftStateMachine)machine).ApplyAsync(new LogIndex(2), machine.Codec.EncodeCommand(2))).ToArray());
        Assert.Equal(new byte[] { (byte)'?' }, (await ((IRaftStateMachine)machine).ApplyAsync(new LogIndex(3), new byte[3])).ToArray());
        await ((IRaftStateMachine)other).RestoreAsync(new LogIndex(3), await ((IRaftStateMachine)machine).TakeSnapshotAsync());
        Assert.Equal(10, await Execute(other, 4, 1));
    }

    [Theory]
    [InlineData("", "The answer of 0 bytes is none of this kind")]
    [InlineData("{}", "The answer of 2 bytes is none of this kind")]
    [InlineData("?x", "expected + and a Int32, or ? alone")]
    [InlineData("+xy", "2 bytes instead of 1")]
    public void Bytes_that_are_no_answer_are_refused(string answer, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => new SumMachine().Codec.DecodeAnswer(Encoding.ASCII.GetBytes(answer))).Message, StringComparison.Ordinal);

    [Fact]
    public void The_options_of_the_context_apply()
    {
        System.Buffers.ArrayBufferWriter<byte> output = new();
        new JsonRaftSerializer<Balance>(IndentedJson.Default.Balance).Serialize(new Balance(1, 2), output);
        Assert.Equal("{\n  \"amount\": 1,\n  \"position\": 2\n}", Encoding.UTF8.GetString(output.WrittenSpan).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_type_that_the_context_does_not_know_is_named() =>
        Assert.Contains(
            "IndentedJson does not know Deposit; expected the attribute [JsonSerializable(typeof(Deposit))] on it",
            Assert.Throws<ArgumentException>(() => new RaftCodec<Deposit, Balance>(IndentedJson.Default)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_server_takes_a_typed_command_and_gives_a_typed_answer() => LonelyWorld.Run(async world =>
    {
        RaftServer server = await world.StartAsync();
        await world.LeadsAsync(server);

        // The machine of this world answers with the command. Of two bytes '+', the first one says that an answer follows.
        RaftCodec<int, int> codec = new SumMachine().Codec;
        ProposalAnswer<int> answer = await server.ProposeAsync(codec, '+');

        Assert.Equal('+', answer.Answer);
        Assert.Equal(server.GetStatus().AppliedIndex, answer.Index);
        Assert.Equal(server.GetStatus().Term, answer.Term);
        await Assert.ThrowsAsync<InvalidDataException>(() => server.ProposeAsync(codec, 5));
        await server.StopAsync();
        await Assert.ThrowsAsync<ProposalRefusedException>(() => server.ProposeAsync(codec, 1));
    });

    private static async Task<TAnswer> Execute<TCommand, TAnswer>(RaftStateMachine<TCommand, TAnswer> machine, long index, TCommand command) =>
        machine.Codec.DecodeAnswer(await ((IRaftStateMachine)machine).ApplyAsync(new LogIndex(index), machine.Codec.EncodeCommand(command)));
}
