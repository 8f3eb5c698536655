using Raft.Verified.Linearizability;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>Histories of clients of one true copy of an object: linearizable as they are made, and perhaps not any more once answers are falsified.</summary>
/// <param name="Model">The object.</param>
/// <param name="Command">Draws a command.</param>
internal sealed record RandomHistory<TState, TCommand, TAnswer>(SequentialModel<TState, TCommand, TAnswer> Model, Func<Random, TCommand> Command)
    where TState : notnull
{
    public required int Clients { get; init; }

    public required int Operations { get; init; }

    /// <summary>The probability that a client gets no answer.</summary>
    public double Lost { get; init; }

    /// <summary>The probability that an answer is replaced by another one's of the same kind.</summary>
    public double Falsified { get; init; }

    /// <summary>The probability that an effect comes next rather than a call or a return: the lower, the more clients overlap.</summary>
    public double Haste { get; init; } = 0.5;

    public IReadOnlyList<HistoryOperation<TCommand, TAnswer>> Make(int seed)
    {
        Random random = new(seed);
        History<TCommand, TAnswer> history = new();
        Dictionary<string, TState> states = [];
        Pending?[] clients = new Pending?[Clients];
        List<Pending> waiting = [];
        List<TAnswer> answers = [];
        int called = 0;
        while (called < Operations || clients.Any(client => client is not null))
        {
            if (waiting.Count > 0 && random.NextDouble() < Haste)
            {
                TakeEffect(waiting[random.Next(waiting.Count)]);
                continue;
            }

            int number = random.Next(Clients);
            if (clients[number] is not { } pending)
            {
                if (called < Operations)
                {
                    called++;
                    clients[number] = new Pending(Command(random));
                    waiting.Add(clients[number]!);
                    history.Call(number, clients[number]!.Command);
                }
            }
            else if (random.NextDouble() < Lost)
            {
                history.Abandon(number);
                clients[number] = null;
            }
            else if (pending.HasEffect)
            {
                history.Return(number, random.NextDouble() < Falsified ? answers[random.Next(answers.Count)] : pending.Answer!);
                clients[number] = null;
            }
        }

        return history.Operations;

        void TakeEffect(Pending pending)
        {
            string part = Model.PartOf(pending.Command);
            (states[part], pending.Answer) = Model.Step(states.GetValueOrDefault(part, Model.Initial), pending.Command);
            pending.HasEffect = true;
            answers.Add(pending.Answer);
            waiting.Remove(pending);
        }
    }

    private sealed class Pending(TCommand command)
    {
        public TCommand Command { get; } = command;

        public TAnswer? Answer { get; set; }

        public bool HasEffect { get; set; }
    }
}
