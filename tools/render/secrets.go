package main

import (
	"context"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime/schema"
	typedv1 "k8s.io/client-go/kubernetes/typed/core/v1"
)

// memorySecrets is the little of a Secret client that Helm's driver calls. Helm's encoder is not
// exported; its driver is, so records are made by driving it over this.
type memorySecrets struct {
	typedv1.SecretInterface // the verbs the driver never calls
	byName                  map[string]*corev1.Secret
	last                    *corev1.Secret
}

func newSecrets(existing *corev1.Secret) *memorySecrets {
	secrets := &memorySecrets{byName: map[string]*corev1.Secret{}}
	if existing != nil {
		secrets.byName[existing.Name] = existing
	}
	return secrets
}

func (s *memorySecrets) Create(_ context.Context, secret *corev1.Secret, _ metav1.CreateOptions) (*corev1.Secret, error) {
	s.byName[secret.Name], s.last = secret, secret
	return secret, nil
}

func (s *memorySecrets) Update(_ context.Context, secret *corev1.Secret, _ metav1.UpdateOptions) (*corev1.Secret, error) {
	s.byName[secret.Name], s.last = secret, secret
	return secret, nil
}

func (s *memorySecrets) Get(_ context.Context, name string, _ metav1.GetOptions) (*corev1.Secret, error) {
	secret, ok := s.byName[name]
	if !ok {
		return nil, apierrors.NewNotFound(schema.GroupResource{Resource: "secrets"}, name)
	}
	return secret, nil
}

func (s *memorySecrets) List(context.Context, metav1.ListOptions) (*corev1.SecretList, error) {
	list := &corev1.SecretList{}
	for _, secret := range s.byName {
		list.Items = append(list.Items, *secret)
	}
	return list, nil
}

func (s *memorySecrets) Delete(_ context.Context, name string, _ metav1.DeleteOptions) error {
	delete(s.byName, name)
	return nil
}
