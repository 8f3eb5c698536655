namespace Raft.Verified.Linearizability.Models;

/// <summary>A register with compare-and-set.</summary>
public static class RegisterModel
{
    /// <summary>The model of a register that has the value nil at first.</summary>
    public static SequentialModel<RegisterState, RegisterCommand, RegisterAnswer> Instance { get; } = StartingWith(DataValue.Nil);

    /// <summary>The model of a register that has a given value at first.</summary>
    public static SequentialModel<RegisterState, RegisterCommand, RegisterAnswer> StartingWith(DataValue initial) => new()
    {
        Name = "register",
        Initial = new RegisterState(initial),
        IsReadOnly = command => command.Kind == RegisterCommandKind.Read,
        Rules = new AnswerRules<RegisterState, RegisterCommand, RegisterAnswer>
        {
            // What a compare-and-set does depends on the state, too: no two values are alike to it.
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
