namespace Raft.Verified.Linearizability.Models;

/// <summary>What can be asked of a key/value store.</summary>
public enum KeyValueCommandKind
{
    /// <summary>A key's value.</summary>
    Get,

    /// <summary>To give a key a value.</summary>
    Put,

    /// <summary>To add to the end of a key's value.</summary>
    Append,
}

/// <summary>A command to a key/value store.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Key">The key.</param>
/// <param name="Value">What is put or appended; empty to a get.</param>
public readonly record struct KeyValueCommand(KeyValueCommandKind Kind, string Key, string Value = "")
{
    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        KeyValueCommandKind.Get => $"get {Key}",
        KeyValueCommandKind.Put => $"put {Key} \"{Value}\"",
        _ => $"append {Key} \"{Value}\"",
    };
}

/// <summary>A key/value store's answer.</summary>
/// <param name="Value">The value got; null to a put and an append.</param>
public readonly record struct KeyValueAnswer(string? Value)
{
    /// <inheritdoc />
    public override string ToString() => Value is null ? "ok" : $"\"{Value}\"";
}

/// <summary>The state of one key.</summary>
/// <param name="Value">Its value; empty when it has none.</param>
public readonly record struct KeyValueState(string Value)
{
    /// <summary>A value that no answer to come can show, whichever it is; null to every question.</summary>
    internal static KeyValueState Unseen => new(null!);

    /// <inheritdoc />
    public override string ToString() => $"\"{Value}\"";
}

/// <summary>A key/value store with append. A key that was never put has the empty value.</summary>
public static class KeyValueModel
{
    /// <summary>The model: each key is a part of its own.</summary>
    public static SequentialModel<KeyValueState, KeyValueCommand, KeyValueAnswer> Instance { get; } = new()
    {
        Name = "kv",
        Initial = new KeyValueState(""),
        PartOf = command => command.Key,
        IsReadOnly = command => command.Kind == KeyValueCommandKind.Get,
        Step = (state, command) => command.Kind switch
        {
            KeyValueCommandKind.Get => (state, new KeyValueAnswer(state.Value)),
            KeyValueCommandKind.Put => (new KeyValueState(command.Value), default),
            _ => (state.Value is null ? state : new KeyValueState(state.Value + command.Value), default),
        },

        // Values grow at their ends, until a put begins anew.
        Rules = new AnswerRules<KeyValueState, KeyValueCommand, KeyValueAnswer>
        {
            IsObserver = command => command.Kind == KeyValueCommandKind.Get,
            MayShow = (state, answer) => state.Value is not null && answer.Value?.StartsWith(state.Value, StringComparison.Ordinal) == true,
            MayBring = (command, answer) => command.Kind == KeyValueCommandKind.Put && answer.Value?.StartsWith(command.Value, StringComparison.Ordinal) == true,
            Unseen = new(KeyValueState.Unseen),
            Replaces = command => command.Kind == KeyValueCommandKind.Put,
            Texts = new TextRules<KeyValueState, KeyValueCommand, KeyValueAnswer>
            {
                Of = state => state.Value,
                Shown = answer => answer.Value ?? "",
                Appended = command => command.Kind == KeyValueCommandKind.Append ? command.Value : null,
                Replaced = command => command.Kind == KeyValueCommandKind.Put ? command.Value : null,
            },
        },
    };
}
