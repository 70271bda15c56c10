-------------------------------- MODULE Move --------------------------------
(***************************************************************************)
(* One route, two clusters, two controllers of which the lease names one.  *)
(* Git says which cluster is wanted; weights move to it step by step or,   *)
(* on the way home, at once; what nobody asks for any more is drained and  *)
(* deleted. Between a controller's look and its write anything may happen: *)
(* it is paused, its successor works, somebody else writes, Git changes,   *)
(* an answer is older than the truth. The numbers of rules are those of    *)
(* docs/rules.md. Each guard below is a constant, so that a configuration  *)
(* can leave it out and TLC has to find the harm.                          *)
(***************************************************************************)
EXTENDS Integers

CONSTANTS
  Commits,        \* how often Git may change its mind
  Elections,      \* how often the lease may pass to the other controller
  Strangers,      \* how often somebody else may write weights
  Sicknesses,     \* how often a cluster may fail
  Cas,            \* rule 3: a write names the weights it replaces (Route 53)
  FencedWrites,   \* rule 14: who lost the lease writes no weights (ALB)
  FencedDeletes,  \* rule 14: who lost the lease deletes nothing
  OneWrite,       \* rule 3: both sides in one write
  ReadyFirst,     \* rule 2: only what is ready gains share in a move
  KnowsWeights,   \* rule 4: weights must be those last written
  DrainFirst,     \* rule 13: off the route before it is deleted
  Proof,          \* rule 13: and still off it when deletion is asked for
  HomeEnds,       \* rule 10: what is being deleted is home no more
  ReturnIsFree,   \* rule 10: the way home needs nothing of the other side
  IntentFirst,    \* what is about to be written is recorded before
  StaleReads      \* answers may be older than the truth

VARIABLES
  w,      \* weights in AWS; Off is not on the route at all
  older,  \* what AWS may still answer
  life,   \* of each cluster at EKS
  git,    \* the cluster that is wanted
  rec,    \* the record: weights last written, weights intended, home, the
          \* move's other end, whether it goes back, hold
  lease,  \* which controller leads
  plan,   \* what each controller is about to do, with the weights it saw
  strange,\* a foreign write that nobody accepted yet
  left    \* of the bounds

vars == <<w, older, life, git, rec, lease, plan, strange, left>>

Clusters == {"a", "b"}
Controllers == {1, 2}
Off == -1
Full == 2
Other(x) == IF x = "a" THEN "b" ELSE "a"
Nothing == [do |-> "nothing"]
Weights(x, n, m) == [c \in Clusters |-> IF c = x THEN n ELSE m]
Exists(x) == life[x] \in {"ready", "sick"}

Init ==
  /\ w = Weights("a", Full, Off)
  /\ older = w
  /\ life = [a |-> "ready", b |-> "none"]
  /\ git = "a"
  /\ rec = [last |-> w, next |-> w, home |-> "none", to |-> "none",
            back |-> FALSE, held |-> FALSE]
  /\ lease = 1
  /\ plan = [c \in Controllers |-> Nothing]
  /\ strange = FALSE
  /\ left = [commits |-> Commits, elections |-> Elections,
             strangers |-> Strangers, sicknesses |-> Sicknesses]

-----------------------------------------------------------------------------
(* What the pure core decides from a view v of the weights. *)

Write(v, to) == [do |-> "write", seen |-> v, to |-> to]

(* Both sides at once, or, without the rule, the losing side first. *)
Sides(v, to, losing) ==
  IF OneWrite \/ v[losing] = to[losing]
  THEN Write(v, to)
  ELSE Write(v, [v EXCEPT ![losing] = to[losing]])

(* Home gets everything in one write, also when it was off the route. *)
Gain(v, t, s) ==
  IF rec.home = t
  THEN IF ~ReturnIsFree /\ life[s] # "ready" THEN Nothing
       ELSE Sides(v, Weights(t, Full, 0), s)
  ELSE IF v[t] = Off THEN Write(v, [v EXCEPT ![t] = 0])
  ELSE Sides(v, Weights(t, v[t] + 1, Full - (v[t] + 1)), s)

Finish(v, t, s) ==
  IF v[s] >= 0 /\ DrainFirst THEN Write(v, [v EXCEPT ![s] = Off])
  ELSE IF life[s] # "none" THEN [do |-> "delete", seen |-> v, x |-> s]
  ELSE Nothing

(* A return that began is finished, whatever Git says meanwhile: its end is
   that the other side is off the route. *)
Over(v) == rec.back /\ v[rec.to] = Off
To(v) == IF Over(v) THEN "none" ELSE rec.to
Back(v) == To(v) # "none" /\ (rec.back \/ git # To(v))
Target(v) == IF Back(v) THEN Other(To(v)) ELSE git

Decide(v) ==
  LET t == Target(v)
      s == Other(t)
  IN IF v[t] = Full THEN Finish(v, t, s)
     ELSE IF life[t] = "none" THEN [do |-> "build", seen |-> v, x |-> t]
     ELSE IF rec.home # t /\ ReadyFirst /\ life[t] # "ready" THEN Nothing
     ELSE Gain(v, t, s)

Known(v) == v = rec.last \/ (IntentFirst /\ v = rec.next)

(* A move that begins to take share makes the other side home. *)
HomeAfter(v, p) ==
  LET t == Target(v)
  IN IF p.do = "write" /\ rec.home # t /\ p.to[t] > 0 /\ p.to[Other(t)] >= 0
     THEN Other(t)
     ELSE IF HomeEnds /\ p.do = "delete" /\ rec.home = p.x THEN "none"
     ELSE rec.home

(* A move begins on the route when its target is attached. *)
ToAfter(v, p) ==
  LET t == Target(v)
  IN IF p.do = "write" /\ ~Back(v) /\ v[t] = Off /\ rec.home # t THEN t
     ELSE IF p.do = "delete" THEN "none"
     ELSE To(v)

(* One pass up to its effect: intent before effect, by the leader alone, for
   the record cannot be written by who has an old copy of it. A plan that was
   there is dropped: the process died, or its answer was lost. *)
Look(c) ==
  /\ lease = c
  /\ ~rec.held
  /\ \E v \in (IF StaleReads THEN {w, older} ELSE {w}) :
       IF KnowsWeights /\ ~Known(v)
       THEN /\ rec' = [rec EXCEPT !.held = TRUE]
            /\ plan' = [plan EXCEPT ![c] = Nothing]
       ELSE LET p == Decide(v)
            IN /\ p # Nothing
               /\ rec' = [rec EXCEPT
                    !.last = v,
                    !.next = IF p.do = "write" THEN p.to ELSE v,
                    !.home = HomeAfter(v, p),
                    !.to = ToAfter(v, p),
                    !.back = Back(v) /\ ToAfter(v, p) # "none"]
               /\ plan' = [plan EXCEPT ![c] = p]
  /\ UNCHANGED <<w, older, life, git, lease, strange, left>>

-----------------------------------------------------------------------------
(* Effects. They may come long after the look. *)

Forget(c) == plan' = [plan EXCEPT ![c] = Nothing]

WriteWeights(c) ==
  LET p == plan[c]
  IN /\ p.do = "write"
     /\ Forget(c)
     /\ IF (Cas => w = p.seen) /\ (FencedWrites => lease = c)
        THEN w' = p.to /\ older' = w
        ELSE UNCHANGED <<w, older>>
     /\ rec' = IF IntentFirst THEN rec ELSE [rec EXCEPT !.last = w']
     /\ UNCHANGED <<life, git, lease, strange, left>>

(* The answer to a write that was done never comes. *)
LoseAnswer(c) ==
  LET p == plan[c]
  IN /\ p.do = "write"
     /\ left.elections > 0
     /\ Forget(c)
     /\ IF (Cas => w = p.seen) /\ (FencedWrites => lease = c)
        THEN w' = p.to /\ older' = w
        ELSE UNCHANGED <<w, older>>
     /\ left' = [left EXCEPT !.elections = @ - 1]
     /\ UNCHANGED <<life, git, rec, lease, strange>>

Build(c) ==
  LET p == plan[c]
  IN /\ p.do = "build"
     /\ Forget(c)
     /\ life' = IF life[p.x] = "none" THEN [life EXCEPT ![p.x] = "building"] ELSE life
     /\ UNCHANGED <<w, older, git, rec, lease, strange, left>>

(* Everything that could name the cluster is read once more. No read and no
   delete are one call: between them the process may be paused. *)
Prove(c) ==
  LET p == plan[c]
      proven == ~Proof \/ w[p.x] = Off \/ (~DrainFirst /\ w[p.x] = 0)
  IN /\ p.do = "delete"
     /\ plan' = [plan EXCEPT ![c] = IF proven THEN [p EXCEPT !.do = "end"] ELSE Nothing]
     /\ UNCHANGED <<w, older, life, git, rec, lease, strange, left>>

Delete(c) ==
  LET p == plan[c]
  IN /\ p.do = "end"
     /\ Forget(c)
     /\ life' = IF FencedDeletes => lease = c THEN [life EXCEPT ![p.x] = "none"] ELSE life
     /\ UNCHANGED <<w, older, git, rec, lease, strange, left>>

-----------------------------------------------------------------------------
(* The world. *)

Commit ==
  /\ left.commits > 0
  /\ git' = Other(git)
  /\ left' = [left EXCEPT !.commits = @ - 1]
  /\ UNCHANGED <<w, older, life, rec, lease, plan, strange>>

Elect ==
  /\ left.elections > 0
  /\ lease' = 3 - lease
  /\ left' = [left EXCEPT !.elections = @ - 1]
  /\ UNCHANGED <<w, older, life, git, rec, plan, strange>>

(* Somebody else writes weights, as sane as people are: to what is there. In
   the second between the last proof and the deletion nobody could help. *)
Stranger ==
  /\ left.strangers > 0
  /\ \A c \in Controllers : plan[c].do # "end"
  /\ \E x \in Clusters :
       /\ Exists(x)
       /\ w' = [w EXCEPT ![x] = Full]
       /\ w' # w
  /\ older' = w
  /\ strange' = TRUE
  /\ left' = [left EXCEPT !.strangers = @ - 1]
  /\ UNCHANGED <<life, git, rec, lease, plan>>

(* A person looked, and says that what is there is right. *)
Resume ==
  /\ rec.held
  /\ rec' = [rec EXCEPT !.held = FALSE, !.last = w, !.next = w]
  /\ strange' = FALSE
  /\ UNCHANGED <<w, older, life, git, lease, plan, left>>

Ready ==
  /\ \E x \in Clusters :
       /\ life[x] = "building"
       /\ life' = [life EXCEPT ![x] = "ready"]
  /\ UNCHANGED <<w, older, git, rec, lease, plan, strange, left>>

(* What is sick may be well again; nobody promises that. *)
Recover ==
  /\ \E x \in Clusters :
       /\ life[x] = "sick"
       /\ life' = [life EXCEPT ![x] = "ready"]
  /\ UNCHANGED <<w, older, git, rec, lease, plan, strange, left>>

Sicken ==
  /\ left.sicknesses > 0
  /\ \E x \in Clusters :
       /\ life[x] = "ready"
       /\ life' = [life EXCEPT ![x] = "sick"]
  /\ left' = [left EXCEPT !.sicknesses = @ - 1]
  /\ UNCHANGED <<w, older, git, rec, lease, plan, strange>>

Settle ==
  /\ older # w
  /\ older' = w
  /\ UNCHANGED <<w, life, git, rec, lease, plan, strange, left>>

Effect(c) == WriteWeights(c) \/ Build(c) \/ Prove(c) \/ Delete(c)

Next ==
  \/ \E c \in Controllers : Look(c) \/ Effect(c) \/ LoseAnswer(c)
  \/ Commit \/ Elect \/ Stranger \/ Resume \/ Ready \/ Sicken \/ Recover \/ Settle

Fair ==
  /\ \A c \in Controllers : WF_vars(Look(c) /\ plan[c] = Nothing) /\ WF_vars(Effect(c))
  /\ WF_vars(Resume) /\ WF_vars(Ready) /\ WF_vars(Settle)

Spec == Init /\ [][Next]_vars /\ Fair

-----------------------------------------------------------------------------
(* For the graph whose edges are cases of the Java code: a pass of production
   is one step, so Git changes between passes. *)
PassesAreWhole == git' # git => \A c \in Controllers : plan[c] = Nothing

TypeOK ==
  /\ w \in [Clusters -> Off .. Full]
  /\ life \in [Clusters -> {"none", "building", "ready", "sick"}]
  /\ git \in Clusters

(* Rule 1. *)
NeverAllZero == \E x \in Clusters : w[x] > 0

(* Rules 2, 13, 14: whoever has weight is there and was ready. *)
WeightIsServed == \A x \in Clusters : w[x] > 0 => Exists(x)

(* Rule 4: what a stranger wrote stays until a person accepts it. *)
StrangerIsKept == [][strange => (w' = w \/ left'.strangers < left.strangers)]_vars

(* Where answers are true and nobody else writes, nothing is ever held: a
   crash or a lost answer is no stranger. *)
HeldForAReason == rec.held => strange

(* Git at rest and the wanted cluster well: it gets everything, and keeps it.
   What the other side is like does not matter to the way home. *)
Converges == <>[](life[git] = "ready") => <>[](w[git] = Full)
=============================================================================
