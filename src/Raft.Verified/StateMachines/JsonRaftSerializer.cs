using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Raft.Verified.StateMachines;

/// <summary>
/// The serializer for JSON, by the metadata that the source generator of System.Text.Json has made. It needs no
/// reflection, so programs that use it can be trimmed and compiled ahead of time.
/// </summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <remarks>
/// System.Text.Json leaves out fields, private members and, when it reads, properties without a setter. State in such
/// a member is lost with the next snapshot.
/// </remarks>
public sealed class JsonRaftSerializer<T> : IRaftSerializer<T>
{
    private readonly JsonTypeInfo<T> _type;
    private readonly JsonWriterOptions _writing;

    /// <summary>Creates a serializer by the metadata of the type.</summary>
    /// <param name="type">The metadata, such as <c>MyJson.Default.MyCommand</c>.</param>
    public JsonRaftSerializer(JsonTypeInfo<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        _type = type;
        _writing = new JsonWriterOptions
        {
            Encoder = type.Options.Encoder,
            Indented = type.Options.WriteIndented,
            IndentCharacter = type.Options.IndentCharacter,
            IndentSize = type.Options.IndentSize,
            NewLine = type.Options.NewLine,
            MaxDepth = type.Options.MaxDepth,
        };
    }

    /// <summary>Creates a serializer by a context that knows the type.</summary>
    /// <param name="context">The context, such as <c>MyJson.Default</c>.</param>
    /// <exception cref="ArgumentException">The context does not know the type.</exception>
    public JsonRaftSerializer(JsonSerializerContext context)
        : this(TypeIn(context))
    {
    }

    /// <inheritdoc />
    public void Serialize(T value, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using Utf8JsonWriter writer = new(output, _writing);
        JsonSerializer.Serialize(writer, value, _type);
    }

    /// <inheritdoc />
    public T Deserialize(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, _type)!;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Constructors and setters of the type may throw anything. Whatever they throw depends on the bytes alone.
            throw new InvalidDataException($"The bytes are no {typeof(T).Name} in JSON: {exception.Message}", exception);
        }
    }

    private static JsonTypeInfo<T> TypeIn(JsonSerializerContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.GetTypeInfo(typeof(T)) as JsonTypeInfo<T>
            ?? throw new ArgumentException(
                $"{context.GetType().Name} does not know {typeof(T).Name}; expected the attribute [JsonSerializable(typeof({typeof(T).Name}))] on it", nameof(context));
    }
}
