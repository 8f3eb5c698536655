namespace Raft.Verified.Linearizability.Models;

/// <summary>A factory for models of many independent objects of the same kind.</summary>
public static class KeyedModel
{
    /// <summary>Creates the model of many independent objects, in which each key is a separate part.</summary>
    /// <param name="model">The model of one object.</param>
    public static SequentialModel<TState, Keyed<TCommand>, TAnswer> Of<TState, TCommand, TAnswer>(SequentialModel<TState, TCommand, TAnswer> model)
        where TState : notnull => new()
        {
            Name = model.Name,
            Initial = model.Initial,
            Step = (state, command) => model.Step(state, command.Command),
            Accepts = model.Accepts,
            IsReadOnly = command => model.IsReadOnly(command.Command),
            PartOf = command => command.Key,
            Rules = model.Rules is not { } rules ? null : new AnswerRules<TState, Keyed<TCommand>, TAnswer>
            {
                IsObserver = command => rules.IsObserver(command.Command),
                MayShow = rules.MayShow,
                MayBring = (command, answer) => rules.MayBring(command.Command, answer),
                Unseen = rules.Unseen is { } unseen ? new(unseen.State) : null,
                Replaces = command => rules.Replaces(command.Command),
            },
        };
}
