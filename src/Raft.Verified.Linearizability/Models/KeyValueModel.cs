namespace Raft.Verified.Linearizability.Models;

/// <summary>The model of a key/value store with append. A key that was never put has the empty value.</summary>
public static class KeyValueModel
{
    /// <summary>The model, in which each key is a separate part.</summary>
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

        // A value grows at its end until a put replaces it.
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
