using System.Buffers;
using System.Text.Json.Serialization;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.StateMachines;

/// <summary>
/// The base of a state machine with typed commands and answers, which writes its own snapshots. If the whole state is
/// one value, <see cref="RaftStateMachine{TState, TCommand, TAnswer}"/> writes them.
/// </summary>
/// <typeparam name="TCommand">The type of the commands.</typeparam>
/// <typeparam name="TAnswer">The type of the answers.</typeparam>
/// <remarks>
/// Bytes that are no command get a fixed answer and change nothing, so that no client can stop the servers. For a client
/// the answer is a <see cref="MalformedCommandException"/>. An exception of <see cref="Apply"/> stops the server; every
/// other server meets the same command and stops too. Refuse a command by an answer.
/// </remarks>
public abstract class RaftStateMachine<TCommand, TAnswer> : IRaftStateMachine
{
    /// <summary>Creates a state machine whose commands and answers are JSON.</summary>
    /// <param name="json">The context that knows both types, such as <c>MyJson.Default</c>.</param>
    /// <exception cref="ArgumentException">The context does not know one of the types.</exception>
    protected RaftStateMachine(JsonSerializerContext json)
        : this(new RaftCodec<TCommand, TAnswer>(json))
    {
    }

    /// <summary>Creates a state machine with any encoding.</summary>
    /// <param name="codec">The encoding of commands and answers.</param>
    protected RaftStateMachine(RaftCodec<TCommand, TAnswer> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        Codec = codec;
    }

    /// <summary>The encoding of commands and answers, for clients.</summary>
    public RaftCodec<TCommand, TAnswer> Codec { get; }

    /// <summary>
    /// The position of the present command in the log, the same on all servers. It has a meaning only inside
    /// <see cref="Apply"/>.
    /// </summary>
    protected LogIndex Position { get; private set; }

    /// <summary>
    /// Applies a command. State and answer must depend on nothing but the state before and the command: on no clock, no
    /// randomness, no static field, no other service, and no order of hashes.
    /// </summary>
    /// <param name="command">The command; not null.</param>
    /// <returns>The answer for the client. It is serialized at once, so it may refer to the state.</returns>
    public abstract TAnswer Apply(TCommand command);

    /// <summary>Writes the whole state. Equal states should give equal bytes.</summary>
    /// <param name="output">The buffer to append the bytes to.</param>
    protected abstract void WriteSnapshot(IBufferWriter<byte> output);

    /// <summary>
    /// Replaces the whole state by the one that <see cref="WriteSnapshot"/> wrote. Nothing of the state before may remain.
    /// </summary>
    /// <param name="snapshot">The bytes.</param>
    /// <exception cref="InvalidDataException">The bytes are no snapshot of this state machine. This stops the server.</exception>
    protected abstract void ReadSnapshot(ReadOnlyMemory<byte> snapshot);

    ValueTask<ReadOnlyMemory<byte>> IRaftStateMachine.ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        Position = index;
        return ValueTask.FromResult(Codec.TryDecodeCommand(command, out TCommand? decoded) ? Codec.EncodeAnswer(Apply(decoded)) : Codec.EncodeMalformed());
    }

    ValueTask<ReadOnlyMemory<byte>> IRaftStateMachine.TakeSnapshotAsync(CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> output = new();
        WriteSnapshot(output);
        return ValueTask.FromResult(output.WrittenMemory);
    }

    ValueTask IRaftStateMachine.RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        ReadSnapshot(snapshot);
        return ValueTask.CompletedTask;
    }
}
