namespace Raft.Verified.Linearizability.Models;

/// <summary>The model of a register with compare-and-set.</summary>
public static class RegisterModel
{
    /// <summary>The model of a register whose initial value is nil.</summary>
    public static SequentialModel<RegisterState, RegisterCommand, RegisterAnswer> Instance { get; } = StartingWith(DataValue.Nil);

    /// <summary>Creates the model of a register with a given initial value.</summary>
    /// <param name="initial">The initial value.</param>
    public static SequentialModel<RegisterState, RegisterCommand, RegisterAnswer> StartingWith(DataValue initial) => new()
    {
        Name = "register",
        Initial = new RegisterState(initial),
        IsReadOnly = command => command.Kind == RegisterCommandKind.Read,
        Rules = new AnswerRules<RegisterState, RegisterCommand, RegisterAnswer>
        {
            // The effect of a compare-and-set depends on the state, so no two values are equivalent and there is no
            // `Unseen`.
            IsObserver = command => command.Kind == RegisterCommandKind.Read,
            MayShow = (state, answer) => state.Value == answer.Value,
            MayBring = (command, answer) => command.Value == answer.Value,
        },
        Step = (state, command) => command.Kind switch
        {
            RegisterCommandKind.Read => (state, new RegisterAnswer(command.Kind, state.Value)),
            RegisterCommandKind.CompareAndSet when state.Value != command.Expected => (state, new RegisterAnswer(command.Kind, Succeeded: false)),
            _ => (new RegisterState(command.Value), new RegisterAnswer(command.Kind)),
        },
    };
}
