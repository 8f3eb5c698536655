using System.Diagnostics.CodeAnalysis;

namespace Raft.Verified.KeyValue;

/// <summary>
/// The binary encoding of commands in the log and of their replies. Numbers are little-endian with 8 bytes. A text is
/// its UTF-8 length in 4 bytes, followed by its bytes. A command consists of format 1, operation, session, sequence,
/// key and value. It ends with the version, or with a flag for an expected value and that value. A reply consists of
/// status, version and value.
/// </summary>
public static class KeyValueEncoding
{
    private const byte Format = 1;

    /// <summary>Encodes a command.</summary>
    /// <param name="command">The command to encode.</param>
    public static ReadOnlyMemory<byte> Encode(KeyValueCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        FieldWriter writer = new();
        writer.Byte(Format);
        writer.Byte((byte)command.Operation);
        if (command.Operation == KeyValueOperation.OpenSession)
        {
            return writer.ToMemory();
        }

        writer.Number(command.Session);
        writer.Number(command.Sequence);
        writer.Text(command.Key);
        writer.Text(command.Value);
        if (command.Operation == KeyValueOperation.PutVersion)
        {
            writer.Number(command.Version);
        }
        else if (command.Operation == KeyValueOperation.CompareAndSet)
        {
            writer.Byte(command.Expected is null ? (byte)0 : (byte)1);
            writer.Text(command.Expected ?? "");
        }

        return writer.ToMemory();
    }

    /// <summary>Decodes a command.</summary>
    /// <param name="bytes">The bytes of the command, and no others.</param>
    /// <param name="command">The command; null when the bytes are not a command.</param>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out KeyValueCommand? command)
    {
        command = null;
        FieldReader reader = new(bytes);
        if (!reader.TryByte(out byte format) || format != Format || !reader.TryByte(out byte operation))
        {
            return false;
        }

        command = (KeyValueOperation)operation == KeyValueOperation.OpenSession
            ? KeyValueCommand.OpenSession()
            : DecodeOperation((KeyValueOperation)operation, ref reader);
        if (!reader.IsAtEnd)
        {
            command = null;
        }

        return command is not null;
    }

    // An answer that is stored with its session, without a value.
    internal static void WriteKept(FieldWriter writer, KeyValueReply reply)
    {
        writer.Byte((byte)reply.Status);
        writer.Number(reply.Version);
    }

    internal static bool TryReadKept(ref FieldReader reader, out KeyValueReply reply)
    {
        if (reader.TryByte(out byte status) && status <= (byte)KeyValueStatus.SessionEnded && reader.TryNumber(out long version) && version >= 0)
        {
            reply = new KeyValueReply((KeyValueStatus)status, version);
            return true;
        }

        reply = default;
        return false;
    }

    /// <summary>Encodes a reply of the state machine.</summary>
    /// <param name="reply">The reply to encode.</param>
    public static ReadOnlyMemory<byte> Encode(KeyValueReply reply)
    {
        FieldWriter writer = new();
        WriteKept(writer, reply);
        writer.Text(reply.Value);
        return writer.ToMemory();
    }

    /// <summary>Decodes a reply.</summary>
    /// <param name="bytes">The bytes of the reply, and no others.</param>
    /// <exception cref="InvalidDataException">The bytes are not a reply.</exception>
    public static KeyValueReply DecodeReply(ReadOnlySpan<byte> bytes)
    {
        FieldReader reader = new(bytes);
        return TryReadKept(ref reader, out KeyValueReply reply) && reader.TryText(out string? value) && reader.IsAtEnd
            ? reply with { Value = value }
            : throw new InvalidDataException($"{bytes.Length} bytes are not a reply of the key/value store");
    }

    private static KeyValueCommand? DecodeOperation(KeyValueOperation operation, ref FieldReader reader)
    {
        if (!reader.TryNumber(out long session) || session < 1 || !reader.TryNumber(out long sequence) || sequence < 1
            || !reader.TryText(out string? key) || !reader.TryText(out string? value))
        {
            return null;
        }

        switch (operation)
        {
            case KeyValueOperation.Put:
                return KeyValueCommand.Put(session, sequence, key, value);
            case KeyValueOperation.Append:
                return KeyValueCommand.Append(session, sequence, key, value);
            case KeyValueOperation.PutVersion when reader.TryNumber(out long version) && version >= 0:
                return KeyValueCommand.PutVersion(session, sequence, key, value, version);
            case KeyValueOperation.CompareAndSet when reader.TryByte(out byte given) && given <= 1 && reader.TryText(out string? expected)
                && (given == 1 || expected.Length == 0):
                return KeyValueCommand.CompareAndSet(session, sequence, key, given == 1 ? expected : null, value);
            default:
                return null;
        }
    }
}
