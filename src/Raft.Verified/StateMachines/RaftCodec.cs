using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Raft.Verified.StateMachines;

/// <summary>
/// The encoding of the commands and answers of one kind of state machine. Servers and clients share it. An instance has
/// no state and is safe for concurrent use if its serializers are.
/// </summary>
/// <typeparam name="TCommand">The type of the commands.</typeparam>
/// <typeparam name="TAnswer">The type of the answers.</typeparam>
/// <remarks>
/// A command is the serializer's bytes. An answer begins with one byte: <c>+</c>, and the serializer's bytes follow; or
/// <c>?</c>, and nothing follows, because the command could not be read.
/// </remarks>
public sealed class RaftCodec<TCommand, TAnswer>
{
    private const byte CommandWasMalformed = (byte)'?';
    private const byte AnswerFollows = (byte)'+';

    private readonly IRaftSerializer<TCommand> _commands;
    private readonly IRaftSerializer<TAnswer> _answers;

    /// <summary>Creates an encoding by JSON.</summary>
    /// <param name="json">The context that knows both types, such as <c>MyJson.Default</c>.</param>
    /// <exception cref="ArgumentException">The context does not know one of the types.</exception>
    public RaftCodec(JsonSerializerContext json)
        : this(new JsonRaftSerializer<TCommand>(json), new JsonRaftSerializer<TAnswer>(json))
    {
    }

    /// <summary>Creates an encoding by two serializers.</summary>
    /// <param name="commands">The serializer of the commands.</param>
    /// <param name="answers">The serializer of the answers.</param>
    public RaftCodec(IRaftSerializer<TCommand> commands, IRaftSerializer<TAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(commands);
        ArgumentNullException.ThrowIfNull(answers);
        _commands = commands;
        _answers = answers;
    }

    /// <summary>Returns the bytes of a command.</summary>
    /// <param name="command">The command; not null.</param>
    public ReadOnlyMemory<byte> EncodeCommand(TCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArrayBufferWriter<byte> output = new();
        _commands.Serialize(command, output);
        return output.WrittenMemory;
    }

    /// <summary>Reads a command.</summary>
    /// <param name="bytes">The bytes, which may come from anybody.</param>
    /// <param name="command">The command, when the method returns true.</param>
    /// <returns>False when the bytes are no command.</returns>
    public bool TryDecodeCommand(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out TCommand? command)
    {
        try
        {
            command = _commands.Deserialize(bytes);
            return command is not null;
        }
        catch (InvalidDataException)
        {
            command = default;
            return false;
        }
    }

    /// <summary>Returns the bytes of an answer.</summary>
    /// <param name="answer">The answer.</param>
    public ReadOnlyMemory<byte> EncodeAnswer(TAnswer answer)
    {
        ArrayBufferWriter<byte> output = new();
        output.Write([AnswerFollows]);
        _answers.Serialize(answer, output);
        return output.WrittenMemory;
    }

    /// <summary>Returns the bytes that answer a command that could not be read.</summary>
    public ReadOnlyMemory<byte> EncodeMalformed() => new[] { CommandWasMalformed };

    /// <summary>Reads an answer.</summary>
    /// <param name="bytes">The bytes that a server has answered.</param>
    /// <exception cref="MalformedCommandException">The servers could not read the command, so it has had no effect.</exception>
    /// <exception cref="InvalidDataException">The bytes are no answer of this kind of state machine.</exception>
    public TAnswer DecodeAnswer(ReadOnlyMemory<byte> bytes) => bytes.Span switch
    {
        [AnswerFollows, ..] => _answers.Deserialize(bytes[1..]),
        [CommandWasMalformed] => throw new MalformedCommandException(typeof(TCommand)),
        _ => throw new InvalidDataException(
            $"The answer of {bytes.Length} bytes is none of this kind of state machine; expected {(char)AnswerFollows} and a {typeof(TAnswer).Name}, or {(char)CommandWasMalformed} alone."),
    };
}
