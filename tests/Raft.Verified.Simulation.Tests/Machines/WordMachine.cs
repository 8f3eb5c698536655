using Raft.Verified.StateMachines;

namespace Raft.Verified.Tests.Machines;

/// <summary>A set of words that answers with a text, which is right or a beginner's mistake.</summary>
internal sealed class WordMachine(Func<WordState, string> answer) : RaftStateMachine<WordState, WordCommand, string>(new WordState(), WordJson.Default)
{
    public override string Apply(WordCommand command)
    {
        State.Commands++;
        _ = command.Adds ? State.Words.Add(command.Word) : State.Words.Remove(command.Word);
        return answer(State);
    }
}
